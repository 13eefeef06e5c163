package io.disassembler.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.disassembler.evaluation.CategoryCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of a comparison; ratios that are not defined are null. */
record ResultsJson(
    String model,
    String images,
    Map<String, String> profiles,
    String command,
    String version,
    String date,
    Machine machine,
    List<Summary> summary,
    List<Cell> cells) {

  static ResultsJson of(ComparisonReport report) {
    return new ResultsJson(
        report.model(),
        report.images(),
        report.profiles(),
        report.command(),
        report.version(),
        report.date().toString(),
        report.machine(),
        report.summary().stream().map(Summary::of).toList(),
        report.results().stream().map(Cell::of).toList());
  }

  private record Summary(
      @JsonUnwrapped Approach approach,
      int sets,
      double macsShare,
      double parametersShare,
      double latencyRatio,
      double retention,
      double retentionError,
      double lowestRetention,
      double iou,
      double precision,
      double recall,
      double falsePositiveRate,
      @Nullable String refusal) {
    static Summary of(SummaryRow row) {
      return new Summary(
          row.approach(),
          row.sets(),
          row.macs(),
          row.parameters(),
          row.latency(),
          row.retention(),
          row.retentionError(),
          row.lowest(),
          row.iou(),
          row.precision(),
          row.recall(),
          row.falsePositives(),
          row.refusal().isEmpty() ? null : row.refusal());
    }
  }

  /** Either refused or measured. */
  private record Cell(
      String set,
      @JsonUnwrapped Approach approach,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refusal,
      @JsonUnwrapped @Nullable Measured measured) {
    static Cell of(CellResult result) {
      CellResult.Measured measured = result.measured();
      return new Cell(
          result.set(),
          result.approach(),
          measured == null ? result.refusal() : null,
          measured == null ? null : Measured.of(measured));
    }
  }

  private record Measured(
      long macs,
      double macsShare,
      long parameters,
      double parametersShare,
      @Nullable Double latencyRatio,
      double retention,
      @Nullable Double retentionError,
      List<Category> categories) {
    static Measured of(CellResult.Measured found) {
      return new Measured(
          found.cost().macs(),
          found.macsShare(),
          found.cost().parameters(),
          found.parametersShare(),
          found.latencyRatio(),
          found.retention(),
          found.retentionError(),
          found.categories().stream().map(Category::of).toList());
    }
  }

  private record Category(String name, double retention, Counts full, Counts sub) {
    static Category of(ComparedCategory category) {
      return new Category(
          category.name(),
          category.retention(),
          Counts.of(category.reference()),
          Counts.of(category.counts()));
    }
  }

  private record Counts(double iou, double precision, double recall, double falsePositiveRate) {
    static Counts of(CategoryCounts counts) {
      return new Counts(
          counts.iou(), counts.precision(), counts.recall(), counts.falsePositiveRate());
    }
  }
}
