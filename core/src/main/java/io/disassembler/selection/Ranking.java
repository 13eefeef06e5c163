package io.disassembler.selection;

import io.disassembler.base.Stable;

/**
 * What a criterion says of a network for some categories. Each budget's selection follows from it
 * quickly, so it is worth keeping where several are tried. Immutable, for use by many threads.
 */
@FunctionalInterface
@Stable
public interface Ranking {

  /**
   * The best selection within {@code budget}.
   *
   * @throws io.disassembler.base.UnattainableException if even the smallest network exceeds it
   */
  Selection select(Budget budget);
}
