package io.disassembler.comparison;

import io.disassembler.base.Csv;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.figures.Figure;
import io.disassembler.figures.LineChart;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Plots of mean retention against what a sub-network costs: one line for each criterion and
 * profile.
 */
final class Plots {
  private Plots() {}

  /**
   * Writes one plot for each recovery and finetuning, and each cost that was measured, and removes
   * those of an earlier run that are not among them.
   *
   * @return names of the files
   */
  static List<String> write(List<SummaryRow> rows, Path folder) {
    // Without this, drawing asks for a screen.
    System.setProperty("java.awt.headless", "true");
    List<String> files = new ArrayList<>();
    for (Repair repair : repairs(rows)) {
      List<SummaryRow> shown =
          rows.stream().filter(row -> Repair.of(row.approach()).equals(repair)).toList();
      plot(shown, repair, "macs", "share of the MACs", SummaryRow::macs, folder, files);
      plot(
          shown,
          repair,
          "parameters",
          "share of the parameters",
          SummaryRow::parameters,
          folder,
          files);
      plot(shown, repair, "latency", "ratio of latency", SummaryRow::latency, folder, files);
    }
    removeOthers(files, folder);
    return files;
  }

  private static void removeOthers(List<String> plots, Path folder) {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(folder, "retention-*.{png,svg,csv}")) {
      for (Path file : found) {
        String name = String.valueOf(file.getFileName());
        if (!plots.contains(name.replaceFirst("\\.[a-z]+$", ".png"))) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          folder + ": an old plot cannot be removed: " + Reason.of(e), e);
    }
  }

  /** What was done about what the cut lost: one plot each. */
  private record Repair(String recovery, String finetuning) {

    static Repair of(Approach approach) {
      return new Repair(approach.recovery(), approach.finetuning());
    }

    String title() {
      String after =
          finetuning.equals(Approach.NOT_FINETUNED) ? "no training" : "finetuned: " + finetuning;
      return "Retention, recovery: %s, %s".formatted(recovery, after);
    }

    String slug() {
      String all =
          finetuning.equals(Approach.NOT_FINETUNED) ? recovery : recovery + " " + finetuning;
      return all.replaceAll("\\W+", "-");
    }
  }

  private static List<Repair> repairs(List<SummaryRow> rows) {
    return rows.stream()
        .map(SummaryRow::approach)
        .filter(approach -> !approach.control())
        .map(Repair::of)
        .distinct()
        .toList();
  }

  private static void plot(
      List<SummaryRow> rows,
      Repair repair,
      String name,
      String axis,
      ToDoubleFunction<SummaryRow> cost,
      Path folder,
      List<String> files) {
    List<LineChart.Line> lines = new ArrayList<>();
    List<List<String>> numbers = new ArrayList<>();
    numbers.add(List.of("criterion", axis, "mean retention", "95 % +-"));
    lines(rows, cost)
        .forEach(
            (criterion, line) -> {
              lines.add(line(criterion, line, cost));
              line.forEach(row -> numbers.add(numbers(criterion, row, cost)));
            });
    if (!lines.isEmpty()) {
      String file = "retention-%s-%s".formatted(name, repair.slug());
      // A single line has no legend.
      String title =
          repair.title() + (lines.size() == 1 ? ", criterion: " + lines.get(0).name() : "");
      new Figure(
              file,
              title + ", against the " + axis + "; bars: 95 % confidence over images.",
              new LineChart(title, axis, "mean retention", lines),
              numbers)
          .write(folder);
      files.add(file + ".png");
    }
  }

  private static LineChart.Line line(
      String criterion, List<SummaryRow> line, ToDoubleFunction<SummaryRow> cost) {
    List<Double> errors = line.stream().map(SummaryRow::retentionError).toList();
    return new LineChart.Line(
        criterion,
        line.stream().map(cost::applyAsDouble).toList(),
        line.stream().map(SummaryRow::retention).toList(),
        errors.stream().allMatch(Double::isFinite) ? errors : List.of());
  }

  private static List<String> numbers(
      String criterion, SummaryRow row, ToDoubleFunction<SummaryRow> cost) {
    return List.of(
        criterion,
        Csv.number(cost.applyAsDouble(row)),
        Csv.number(row.retention()),
        Csv.number(row.retentionError()));
  }

  private static Map<String, List<SummaryRow>> lines(
      List<SummaryRow> rows, ToDoubleFunction<SummaryRow> cost) {
    boolean several =
        rows.stream()
                .filter(row -> !row.approach().control())
                .map(row -> row.approach().profile())
                .distinct()
                .count()
            > 1;
    Map<String, List<SummaryRow>> lines = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> !row.approach().control())
        .filter(row -> Double.isFinite(cost.applyAsDouble(row)))
        .filter(row -> Double.isFinite(row.retention()))
        .sorted(Comparator.comparingDouble(cost))
        .forEach(
            row ->
                lines
                    .computeIfAbsent(line(row.approach(), several), key -> new ArrayList<>())
                    .add(row));
    return lines;
  }

  private static String line(Approach approach, boolean several) {
    return several ? approach.criterion() + ", " + approach.profile() : approach.criterion();
  }
}
