package io.disassembler.comparison;

import io.disassembler.comparison.CellResult.Measured;
import io.disassembler.evaluation.CategoryCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * One approach over all category sets that it gave a sub-network for. Means are over sets, each the
 * mean of its categories where that is defined; NaN where it is nowhere.
 *
 * @param sets number of sets with a sub-network
 * @param refusal why some set has none; empty if all have
 * @param macs mean share of the full network's MACs
 * @param parameters mean share of the full network's parameters
 * @param latency mean ratio to the full network's latency; NaN if not measured
 * @param retention mean retention
 * @param retentionError half of a 95 % confidence interval of it over images, the mean over sets:
 *     an upper bound, as all are judged on the same images; NaN where it is not known
 * @param lowest lowest retention of a category whose IoU by the full network is above {@value
 *     #LEARNED}
 * @param falsePositives mean share of the labelled area that is predicted as a category on images
 *     that lack it
 */
public record SummaryRow(
    Approach approach,
    int sets,
    String refusal,
    double macs,
    double parameters,
    double latency,
    double retention,
    double retentionError,
    double lowest,
    double iou,
    double precision,
    double recall,
    double falsePositives) {
  /** IoU of a category that a network can be said to have learned. */
  public static final double LEARNED = 0.3;

  /**
   * One row for each approach: the controls, and then for each budget, recovery and finetuning, in
   * the order in which they first occur, the approaches that keep most first.
   */
  public static List<SummaryRow> of(List<CellResult> results) {
    Map<Approach, List<CellResult>> byApproach = new LinkedHashMap<>();
    results.forEach(
        result ->
            byApproach.computeIfAbsent(result.approach(), key -> new ArrayList<>()).add(result));
    Map<List<Object>, List<SummaryRow>> blocks = new LinkedHashMap<>();
    byApproach.forEach(
        (approach, cells) ->
            blocks
                .computeIfAbsent(block(approach), key -> new ArrayList<>())
                .add(of(approach, cells)));
    Comparator<SummaryRow> most =
        Comparator.comparingDouble(row -> Double.isNaN(row.retention()) ? 1 : -row.retention());
    return blocks.values().stream().flatMap(rows -> rows.stream().sorted(most)).toList();
  }

  private static List<Object> block(Approach approach) {
    return List.of(
        approach.control(), approach.keepMacs(), approach.recovery(), approach.finetuning());
  }

  private static SummaryRow of(Approach approach, List<CellResult> cells) {
    List<Measured> sets =
        cells.stream().map(CellResult::measured).filter(Objects::nonNull).toList();
    return new SummaryRow(
        approach,
        sets.size(),
        cells.stream().map(CellResult::refusal).filter(Objects::nonNull).findFirst().orElse(""),
        mean(sets, Measured::macsShare),
        mean(sets, Measured::parametersShare),
        mean(sets, set -> set.latencyRatio() == null ? Double.NaN : set.latencyRatio()),
        mean(sets, Measured::retention),
        mean(sets, set -> set.retentionError() == null ? Double.NaN : set.retentionError()),
        sets.stream()
            .flatMap(set -> set.categories().stream())
            .filter(category -> category.reference().iou() > LEARNED)
            .mapToDouble(ComparedCategory::retention)
            .min()
            .orElse(Double.NaN),
        ofCounts(sets, CategoryCounts::iou),
        ofCounts(sets, CategoryCounts::precision),
        ofCounts(sets, CategoryCounts::recall),
        ofCounts(sets, CategoryCounts::falsePositiveRate));
  }

  private static double ofCounts(List<Measured> sets, ToDoubleFunction<CategoryCounts> measure) {
    return mean(
        sets, set -> mean(set.categories(), category -> measure.applyAsDouble(category.counts())));
  }

  private static <T> double mean(List<T> items, ToDoubleFunction<T> measure) {
    return items.stream()
        .mapToDouble(measure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
