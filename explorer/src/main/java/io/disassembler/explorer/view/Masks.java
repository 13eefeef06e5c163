package io.disassembler.explorer.view;

import io.disassembler.data.Size;
import java.util.List;

/**
 * What the full network and a sub-network make of one picture, both in the sub-network's
 * categories.
 *
 * @param names of the sub-network's categories; a label of {@code names.size()} stands for none
 * @param full height x width labels
 * @param part height x width labels
 */
@SuppressWarnings("ArrayRecordComponent") // drawn once; no one compares them
public record Masks(Size size, List<String> names, int[] full, int[] part) {

  /** Share of the pixels on which both agree. */
  public double agreement() {
    int same = 0;
    for (int pixel = 0; pixel < full.length; pixel++) {
      same += full[pixel] == part[pixel] ? 1 : 0;
    }
    return (double) same / full.length;
  }
}
