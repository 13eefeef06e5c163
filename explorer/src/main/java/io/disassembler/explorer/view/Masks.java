package io.disassembler.explorer.view;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Size;
import java.util.List;

/**
 * What the full network and a sub-network make of one picture, both in the sub-network's
 * categories.
 *
 * @param mapping the sub-network's categories; a label of as many as there are stands for none
 * @param full height x width labels
 * @param part height x width labels
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once; no one compares them
public record Masks(Size size, CategoryMapping mapping, int[] full, int[] part) {

  /** Names of the sub-network's categories. */
  public List<String> names() {
    return mapping.names();
  }

  /** {@link #full} as one category for each pixel, to be drawn. */
  public int[] fullDrawn() {
    return mapping.first(full);
  }

  /** {@link #part} likewise. */
  public int[] partDrawn() {
    return mapping.first(part);
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
