package io.disassembler.data;

import java.util.List;

/**
 * What the mask values of a data set mean.
 *
 * @param categories names; value i means category i
 * @param ignored values of pixels that count nowhere
 */
public record Legend(List<String> categories, List<Integer> ignored) {

  public Legend {
    categories = List.copyOf(categories);
    ignored = List.copyOf(ignored);
  }
}
