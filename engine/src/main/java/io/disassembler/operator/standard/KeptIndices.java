package io.disassembler.operator.standard;

import io.disassembler.operator.ChannelCut.Kept;
import java.util.Arrays;

/** Where indices along an axis land once channels are cut out of it. */
final class KeptIndices {
  private KeptIndices() {}

  /** The new numbers of those of {@code indices} that {@code kept} keeps, in their order. */
  static long[] of(long[] indices, Kept kept) {
    return Arrays.stream(indices)
        .filter(index -> Arrays.binarySearch(kept.indices(), (int) index) >= 0)
        .map(index -> kept.rank((int) index))
        .toArray();
  }
}
