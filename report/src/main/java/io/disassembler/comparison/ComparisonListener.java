package io.disassembler.comparison;

/** Hears how far a comparison is. */
@FunctionalInterface
public interface ComparisonListener {

  /**
   * Called after each cell: one approach for one category set.
   *
   * @param done number of cells finished, now or in an earlier run
   * @param total number of cells
   */
  void compared(int done, int total);
}
