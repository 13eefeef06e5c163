package io.disassembler.comparison;

import io.disassembler.base.Numbers;
import io.disassembler.comparison.CellResult.Measured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A comparison as a page: how it was made, the means, the plots, and each set by itself. */
final class ResultsMarkdown {
  private ResultsMarkdown() {}

  static String format(ComparisonReport report, List<String> plots) {
    StringBuilder text = new StringBuilder("# Sub-networks of " + report.model() + "\n\n");
    text.append(
        "%s, Disassembler %s, on %s (%d cores, %s, Java %s); %s. Made by\n\n"
            .formatted(
                report.date(),
                report.version(),
                report.machine().processor(),
                report.machine().cores(),
                report.machine().system(),
                report.machine().java(),
                report.images()));
    text.append("```\n").append(report.command()).append("\n```\n\n");
    report
        .profiles()
        .forEach((name, made) -> text.append("Profile %s: %s.\n\n".formatted(plain(name), made)));
    text.append(
        "Means over the category sets. Retention is a category's IoU as a share of the full network's; "
            + "*lowest* is that of the worst category whose IoU by the full network is above "
            + SummaryRow.LEARNED
            + "; *false positives* is the share of the area predicted as a category on images that lack it.\n\n");
    text.append(row(SummaryTable.HEADER)).append(rule(SummaryTable.HEADER.size()));
    report.summary().forEach(row -> text.append(row(SummaryTable.cells(row))));
    report.results().stream()
        .filter(result -> result.refusal() != null)
        .map(result -> "\n- " + plain(result.approach().criterion() + ": " + result.refusal()))
        .distinct()
        .forEach(text::append);
    text.append('\n');
    plots.forEach(plot -> text.append("\n![%s](%s)\n".formatted(plot, plot)));
    return text.append("\n## Retention of each set\n\n")
        .append(perSet(report.results()))
        .toString();
  }

  /** One line for each approach, one column for each set. */
  private static String perSet(List<CellResult> results) {
    Map<Approach, List<String>> rows = new LinkedHashMap<>();
    for (CellResult result : results) {
      Measured measured = result.measured();
      rows.computeIfAbsent(result.approach(), ResultsMarkdown::start)
          .add(Numbers.decimals(3, measured == null ? Double.NaN : measured.retention()));
    }
    List<String> header =
        new ArrayList<>(List.of("criterion", "profile", "recovery", "finetuning", "asked"));
    results.stream().map(CellResult::set).distinct().forEach(header::add);
    return row(header)
        + rule(header.size())
        + rows.values().stream().map(ResultsMarkdown::row).collect(Collectors.joining());
  }

  private static List<String> start(Approach approach) {
    return new ArrayList<>(
        List.of(
            approach.criterion(),
            approach.profile(),
            approach.recovery(),
            approach.finetuning(),
            Numbers.percent(approach.keepMacs())));
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(ResultsMarkdown::plain)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Text of others as text: no cell of its own, no markup. */
  static String plain(String text) {
    return text.replaceAll("\\R", " ")
        .replaceAll("[\\\\`*_\\[\\]|]", "\\\\$0")
        .replace("&", "&amp;")
        .replace("<", "&lt;");
  }

  private static String rule(int columns) {
    return "|" + " --- |".repeat(columns) + "\n";
  }
}
