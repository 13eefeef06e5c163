package io.disassembler.explorer.view;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Size;
import java.util.Arrays;
import java.util.List;

/**
 * What the full network and a sub-network make of one picture, both in the sub-network's
 * categories.
 *
 * @param mapping the sub-network's categories; a label of as many as there are stands for none
 * @param full (depth x) height x width labels
 * @param part (depth x) height x width labels
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once; no one compares them
public record Masks(Size size, CategoryMapping mapping, int[] full, int[] part) {

  /** Names of the sub-network's categories. */
  public List<String> names() {
    return mapping.names();
  }

  /**
   * {@link #full} as one category for each pixel, to be drawn; of a volume its middle slice.
   *
   * @return height x width
   */
  public int[] fullDrawn() {
    return drawn(full);
  }

  /** {@link #part} likewise. */
  public int[] partDrawn() {
    return drawn(part);
  }

  private int[] drawn(int[] labels) {
    int from = size.middle();
    return Arrays.copyOfRange(mapping.first(labels), from, from + size.slice().area());
  }

  /** Share of the pixels on which both agree. */
  public double agreement() {
    int same = 0;
    for (int pixel = 0; pixel < full.length; pixel++) {
      same += full[pixel] == part[pixel] ? 1 : 0;
    }
    return (double) same / full.length;
  }
}
