package io.disassembler.comparison;

import io.disassembler.comparison.CellResult.Measured;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    return Stream.concat(Stream.of(HEADER), results.stream().flatMap(ResultsCsv::lines))
        .map(fields -> fields.stream().map(ResultsCsv::quoted).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", "", "\n"));
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
        number(measured.macsShare()),
        Long.toString(measured.cost().parameters()),
        number(measured.parametersShare()),
        measured.latencyRatio() == null ? "" : number(measured.latencyRatio()),
        number(measured.retention()));
  }

  private static List<String> measures(ComparedCategory category) {
    return List.of(
        category.name(),
        number(category.reference().iou()),
        number(category.counts().iou()),
        number(category.retention()),
        number(category.reference().precision()),
        number(category.counts().precision()),
        number(category.reference().recall()),
        number(category.counts().recall()),
        number(category.reference().falsePositiveRate()),
        number(category.counts().falsePositiveRate()));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** Spreadsheets take what begins with these for a formula, and compute it. */
  private static final Pattern FORMULA = Pattern.compile("[=+@\t\r-](?s:.*)");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+(E-?[0-9]+)?");

  private static String quoted(String text) {
    boolean formula = FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
    String field = formula ? "'" + text : text;
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
