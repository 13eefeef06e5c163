package io.disassembler.comparison;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import io.disassembler.base.Replacement;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * Plots of mean retention against what a sub-network costs: one line for each criterion and
 * profile.
 */
final class Plots {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;

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
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "retention-*.png")) {
      for (Path file : found) {
        if (!plots.contains(String.valueOf(file.getFileName()))) {
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
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(repair.title())
            .xAxisTitle(axis)
            .yAxisTitle("mean retention")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setXAxisMin(0.0);
    lines(rows, cost)
        .forEach(
            (criterion, line) ->
                chart.addSeries(
                    criterion,
                    line.stream().map(cost::applyAsDouble).toList(),
                    line.stream().map(SummaryRow::retention).toList()));
    if (!chart.getSeriesMap().isEmpty()) {
      String file = "retention-%s-%s.png".formatted(name, repair.slug());
      save(chart, folder.resolve(file));
      files.add(file);
    }
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

  private static void save(XYChart chart, Path file) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      BitmapEncoder.saveBitmap(chart, bytes, BitmapEncoder.BitmapFormat.PNG);
      Replacement.write(file, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
