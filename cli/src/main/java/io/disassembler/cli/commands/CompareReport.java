package io.disassembler.cli.commands;

import io.disassembler.base.Numbers;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.comparison.Approach;
import io.disassembler.comparison.CategorySet;
import io.disassembler.comparison.CellResult;
import io.disassembler.comparison.ComparisonReport;
import io.disassembler.comparison.SummaryRow;
import io.disassembler.figures.LineChart;
import io.disassembler.report.ApproachTables;
import io.disassembler.report.Curves;
import io.disassembler.report.Facts;
import io.disassembler.report.Note;
import io.disassembler.report.Report;
import io.disassembler.report.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The report of {@code compare}.
 *
 * @param comparison what was measured
 * @param sets the category sets
 * @param shown makes the sub-network whose images are shown
 * @param hashes what went in, and its SHA-256
 */
record CompareReport(
    @Nullable CommandSpec spec,
    ComparisonReport comparison,
    List<CategorySet> sets,
    ComparedExample shown,
    Map<String, String> hashes) {

  Report page() {
    return new Report(title(), lead(), sections());
  }

  private String title() {
    return "Sub-networks of " + comparison.model();
  }

  private String lead() {
    return best()
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "At the smallest budget, %s of the MACs, %s with recovery %s keeps most: a mean retention of %.3f over %d category sets.",
                    Numbers.percent(row.macs()),
                    row.approach().criterion(),
                    row.approach().recovery(),
                    row.retention(),
                    row.sets()))
        .orElse("No sub-network could be made.");
  }

  /** What keeps most at the smallest budget, without training. */
  private Optional<SummaryRow> best() {
    Comparator<SummaryRow> smallest = Comparator.comparingDouble(row -> row.approach().keepMacs());
    return comparison.summary().stream()
        .filter(row -> !row.approach().control() && !row.approach().finetuned())
        .filter(row -> Double.isFinite(row.retention()))
        .min(smallest.thenComparingDouble(row -> -row.retention()));
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(new Facts("What was asked", asked()));
    sections.add(new ApproachTables.Summary(comparison));
    curves().forEach(sections::add);
    sections.add(new ApproachTables.Sets(comparison));
    best().ifPresent(row -> sections.addAll(best(row)));
    refusals().ifPresent(sections::add);
    sections.addAll(TypedCommand.reproduction(spec).sections(hashes));
    return sections;
  }

  private List<Section> best(SummaryRow row) {
    List<Section> sections = new ArrayList<>();
    sections.add(new ApproachTables.PerCategory(comparison, row.approach()));
    worstSet(row.approach()).ifPresent(set -> sections.addAll(shown.sections(row.approach(), set)));
    return sections;
  }

  private Optional<CategorySet> worstSet(Approach approach) {
    return comparison.results().stream()
        .filter(result -> result.approach().equals(approach) && result.measured() != null)
        .min(Comparator.comparingDouble(CompareReport::retention))
        .flatMap(
            result -> sets.stream().filter(set -> set.name().equals(result.set())).findFirst());
  }

  private static double retention(CellResult result) {
    CellResult.Measured measured = result.measured();
    double retention = measured == null ? Double.NaN : measured.retention();
    return Double.isNaN(retention) ? Double.POSITIVE_INFINITY : retention;
  }

  /** One chart for each recovery and finetuning, if there are several budgets. */
  private List<Section> curves() {
    List<SummaryRow> rows =
        comparison.summary().stream()
            .filter(row -> !row.approach().control() && Double.isFinite(row.retention()))
            .toList();
    if (rows.stream().map(row -> row.approach().keepMacs()).distinct().count() < 2) {
      return List.of();
    }
    Map<String, List<SummaryRow>> charts = new LinkedHashMap<>();
    rows.forEach(row -> charts.computeIfAbsent(after(row), key -> new ArrayList<>()).add(row));
    List<Section> sections = new ArrayList<>();
    charts.forEach(
        (after, shownRows) ->
            sections.add(
                new Curves(
                    "Retention against budget, " + after,
                    "Mean retention over the category sets against the share of the MACs, one line for each criterion.",
                    new LineChart(
                        "Retention, " + after,
                        "share of the MACs",
                        "mean retention",
                        lines(shownRows)))));
    return sections;
  }

  private static String after(SummaryRow row) {
    return "recovery "
        + row.approach().recovery()
        + (row.approach().finetuned() ? ", finetuned on " + row.approach().finetuning() : "");
  }

  private List<LineChart.Line> lines(List<SummaryRow> rows) {
    Map<String, List<SummaryRow>> lines = new LinkedHashMap<>();
    rows.stream()
        .sorted(Comparator.comparingDouble(SummaryRow::macs))
        .forEach(
            row -> lines.computeIfAbsent(line(row.approach()), key -> new ArrayList<>()).add(row));
    List<LineChart.Line> drawn = new ArrayList<>();
    lines.forEach(
        (name, points) ->
            drawn.add(
                new LineChart.Line(
                    name,
                    points.stream().map(SummaryRow::macs).toList(),
                    points.stream().map(SummaryRow::retention).toList())));
    return drawn;
  }

  private String line(Approach approach) {
    return comparison.profiles().size() > 1
        ? approach.criterion() + ", " + approach.profile()
        : approach.criterion();
  }

  private Map<String, String> asked() {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("full network", comparison.model());
    asked.put("images", comparison.images());
    comparison.profiles().forEach((name, made) -> asked.put("profile " + name, made));
    asked.put("category sets", String.join("; ", sets.stream().map(CategorySet::name).toList()));
    return asked;
  }

  private Optional<Section> refusals() {
    List<String> reasons =
        comparison.results().stream()
            .filter(result -> result.refusal() != null)
            .map(result -> result.approach().criterion() + ": " + result.refusal())
            .distinct()
            .toList();
    return reasons.isEmpty()
        ? Optional.empty()
        : Optional.of(new Note("What could not be made", reasons));
  }
}
