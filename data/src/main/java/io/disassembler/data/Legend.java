package io.disassembler.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the mask values of a data set mean.
 *
 * @param categories names; value i means category i
 * @param ignored values of pixels that count nowhere
 * @param numbering how the data set itself numbers its categories, where that is another way
 */
public record Legend(
    List<String> categories, List<Integer> ignored, @Nullable Numbering numbering) {

  public Legend {
    categories = List.copyOf(categories);
    ignored = List.copyOf(ignored);
  }

  /** A data set that numbers its categories as its masks do. */
  public Legend(List<String> categories, List<Integer> ignored) {
    this(categories, ignored, null);
  }
}
