package io.disassembler.explorer.work;

import java.util.List;
import java.util.stream.IntStream;

/** Chooses some of many things. */
final class Spread {
  private Spread() {}

  /** Up to {@code most} of {@code all}, spread evenly, in their order. */
  static <T> List<T> of(List<T> all, int most) {
    int count = Math.min(most, all.size());
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((2L * i + 1) * all.size() / (2L * count))))
        .toList();
  }
}
