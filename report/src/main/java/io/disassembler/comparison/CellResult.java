package io.disassembler.comparison;

import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.graph.Cost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one approach gave for one category set.
 *
 * @param settings digest of everything that the result depends on
 * @param set name of the category set
 * @param refusal why there is no such sub-network; null if there is
 * @param measured null if there is no such sub-network
 */
public record CellResult(
    String settings,
    String set,
    Approach approach,
    @Nullable String refusal,
    @Nullable Measured measured) {

  /**
   * Measurements of one sub-network.
   *
   * @param cost the sub-network's
   * @param full the full network's
   * @param latencyRatio median latency as a share of the full network's; null if not measured
   * @param categories counts of both networks in the chosen categories
   * @param retentionError half of the 95 % confidence interval of their mean retention over images;
   *     null where it is not known
   */
  public record Measured(
      Cost cost,
      Cost full,
      @Nullable Double latencyRatio,
      List<ComparedCategory> categories,
      @Nullable Double retentionError) {

    public Measured {
      categories = List.copyOf(categories);
    }

    /** Share of the full network's MACs, in [0, 1]. */
    public double macsShare() {
      return (double) cost.macs() / full.macs();
    }

    /** Share of the full network's parameters; the head's indices may bring it over 1. */
    public double parametersShare() {
      return (double) cost.parameters() / full.parameters();
    }

    /** Mean retention of the categories where it is defined; NaN if it is for none. */
    public double retention() {
      return CellResult.retention(categories);
    }
  }

  /** Mean retention of the categories where it is defined; NaN if it is for none. */
  static double retention(List<ComparedCategory> categories) {
    return categories.stream()
        .mapToDouble(ComparedCategory::retention)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
