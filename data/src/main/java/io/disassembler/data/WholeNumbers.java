package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.nio.file.Path;

/** Mask values that are stored as floating point. */
final class WholeNumbers {
  private WholeNumbers() {}

  /**
   * @throws InvalidInputException if one is a fraction or not finite, with how many there are
   */
  static int[] of(Path file, double[] values) {
    int[] whole = new int[values.length];
    int first = -1;
    int others = 0;
    for (int i = 0; i < values.length; i++) {
      whole[i] = (int) values[i];
      if (whole[i] != values[i]) {
        others++;
        first = first < 0 ? i : first;
      }
    }
    if (others > 0) {
      throw new InvalidInputException(
          "%s: expected category numbers, found value %s; %d of %d pixels are no whole numbers; convert the mask to whole numbers"
              .formatted(file, values[first], others, values.length));
    }
    return whole;
  }
}
