package io.disassembler.probe;

import java.util.OptionalDouble;

/** Pixels of each category: decided, read, and both. Not for several threads. */
final class ReadCounts {
  private final long[] decided;
  private final long[] read;
  private final long[] both;

  ReadCounts(int categories) {
    decided = new long[categories];
    read = new long[categories];
    both = new long[categories];
  }

  void add(int[] wanted, int[] found) {
    for (int pixel = 0; pixel < wanted.length; pixel++) {
      decided[wanted[pixel]]++;
      read[found[pixel]]++;
      if (wanted[pixel] == found[pixel]) {
        both[wanted[pixel]]++;
      }
    }
  }

  /** IoU of what was read with what was decided; empty where the category was never decided. */
  OptionalDouble iou(int category) {
    long union = decided[category] + read[category] - both[category];
    return decided[category] == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) both[category] / union);
  }
}
