package io.disassembler.comparison;

import io.disassembler.base.Csv;
import io.disassembler.comparison.CellResult.Measured;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All results, one line for each category of each cell, fields separated by commas (RFC 4180). */
final class ResultsCsv {
  private static final List<String> HEADER =
      List.of(
          "set",
          "profile",
          "criterion",
          "recovery",
          "keep_macs",
          "finetuning",
          "macs",
          "macs_share",
          "parameters",
          "parameters_share",
          "latency_ratio",
          "set_retention",
          "category",
          "full_iou",
          "iou",
          "retention",
          "full_precision",
          "precision",
          "full_recall",
          "recall",
          "full_false_positive_rate",
          "false_positive_rate",
          "refusal");

  private ResultsCsv() {}

  static String format(List<CellResult> results) {
    return Csv.format(
        Stream.concat(Stream.of(HEADER), results.stream().flatMap(ResultsCsv::lines)).toList());
  }

  private static Stream<List<String>> lines(CellResult result) {
    Approach approach = result.approach();
    List<String> key =
        List.of(
            result.set(),
            approach.profile(),
            approach.criterion(),
            approach.recovery(),
            Double.toString(approach.keepMacs()),
            approach.finetuning());
    Measured measured = result.measured();
    return measured == null
        ? Stream.of(line(key, List.of(), List.of(), String.valueOf(result.refusal())))
        : measured.categories().stream()
            .map(category -> line(key, costs(measured), measures(category), ""));
  }

  private static List<String> line(
      List<String> key, List<String> costs, List<String> measures, String refusal) {
    List<String> line = new ArrayList<>(key);
    line.addAll(costs);
    line.addAll(measures);
    while (line.size() < HEADER.size() - 1) {
      line.add("");
    }
    line.add(refusal);
    return line;
  }

  private static List<String> costs(Measured measured) {
    return List.of(
        Long.toString(measured.cost().macs()),
        Csv.number(measured.macsShare()),
        Long.toString(measured.cost().parameters()),
        Csv.number(measured.parametersShare()),
        measured.latencyRatio() == null ? "" : Csv.number(measured.latencyRatio()),
        Csv.number(measured.retention()));
  }

  private static List<String> measures(ComparedCategory category) {
    return List.of(
        category.name(),
        Csv.number(category.reference().iou()),
        Csv.number(category.counts().iou()),
        Csv.number(category.retention()),
        Csv.number(category.reference().precision()),
        Csv.number(category.counts().precision()),
        Csv.number(category.reference().recall()),
        Csv.number(category.counts().recall()),
        Csv.number(category.reference().falsePositiveRate()),
        Csv.number(category.counts().falsePositiveRate()));
  }
}
