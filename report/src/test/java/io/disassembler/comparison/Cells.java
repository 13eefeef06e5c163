package io.disassembler.comparison;

import io.disassembler.evaluation.CategoryCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.graph.Cost;
import java.util.List;

/** Made-up results. */
final class Cells {
  private Cells() {}

  /** A set of one category, hit in {@code hits} of 100 pixels where the full network hits 80. */
  static CellResult cell(String set, Approach approach, long hits) {
    return new CellResult(
        approach + set,
        set,
        approach,
        null,
        new CellResult.Measured(
            new Cost(20, 250),
            new Cost(100, 1000),
            null,
            List.of(new ComparedCategory(set, counts(80), counts(hits))),
            0.05));
  }

  static CellResult refused(String set, Approach approach) {
    return new CellResult(approach + set, set, approach, "cannot, \"really\"", null);
  }

  /** 100 labelled pixels, and 50 of other images of which 10 are taken for the category. */
  private static CategoryCounts counts(long hits) {
    return new CategoryCounts(hits, 0, 100 - hits, 50, 10);
  }
}
