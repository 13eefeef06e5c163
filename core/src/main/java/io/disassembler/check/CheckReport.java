package io.disassembler.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.Numbers;
import io.disassembler.base.Stable;
import io.disassembler.evaluation.TextTable;
import io.disassembler.graph.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A check as people and as programs read it. */
@Stable
public final class CheckReport {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private CheckReport() {}

  /** One row for each comparison, the sum of them last, then what failed. */
  public static String table(CheckResult result) {
    TextTable table =
        new TextTable(
            "check", "parity", "largest relative error", "same category", "MACs", "seconds");
    for (ParityCheck parity : result.parities()) {
      table.row(
          "run on " + parity.input(),
          verdict(parity.holds()),
          error(parity.difference().relative()),
          agreement(parity.difference()),
          "",
          Numbers.decimals(1, parity.seconds()));
    }
    for (CutCheck cut : result.cuts()) {
      table.row(
          "cut " + cut.number(),
          verdict(cut.holds()),
          error(Math.max(cut.masked().relative(), cut.runtime().relative())),
          agreement(cut.runtime()),
          Numbers.percent(cut.keptMacs()) + " kept",
          Numbers.decimals(1, cut.seconds()));
    }
    table.row(
        "all",
        verdict(result.holds()),
        error(result.largestError()),
        "",
        Numbers.percent(result.cuttableShare()) + " can be cut",
        Numbers.decimals(1, result.seconds()));
    StringBuilder text = new StringBuilder(table.format());
    result
        .skipped()
        .forEach(
            run -> text.append("not compared on %s: %s%n".formatted(run.input(), run.reason())));
    failures(result).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Everything in {@code result}; an error that is infinite is null. */
  public static String json(CheckResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", result.file().toString());
    json.put("holds", result.holds());
    put(json, "largestRelativeError", result.largestError());
    json.put("cuttableMacsShare", result.cuttableShare());
    json.put("seconds", result.seconds());
    json.put("runs", result.parities().stream().map(CheckReport::json).toList());
    json.put("skipped", result.skipped().stream().map(CheckReport::json).toList());
    json.put("cuts", result.cuts().stream().map(CheckReport::json).toList());
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> json(ParityCheck parity) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", extents(parity.input()));
    json.put("againstOnnxRuntime", json(parity.difference()));
    json.put("seconds", parity.seconds());
    return json;
  }

  private static Map<String, Object> json(SkippedRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("input", extents(run.input()));
    json.put("reason", run.reason());
    return json;
  }

  private static List<Long> extents(Shape shape) {
    return Arrays.stream(shape.dimensions()).boxed().toList();
  }

  private static Map<String, Object> json(CutCheck cut) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cut", cut.number());
    json.put("keptMacsShare", cut.keptMacs());
    json.put("againstMasked", json(cut.masked()));
    json.put("againstOnnxRuntime", json(cut.runtime()));
    json.put("seconds", cut.seconds());
    return json;
  }

  private static Map<String, Object> json(Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("holds", difference.holds());
    put(json, "relativeError", difference.relative());
    difference.agreement().ifPresent(agreement -> json.put("sameCategory", agreement.share()));
    if (!difference.failure().isEmpty()) {
      json.put("failure", difference.failure());
    }
    return json;
  }

  private static void put(Map<String, Object> json, String key, double value) {
    json.put(key, Double.isFinite(value) ? (Object) value : null);
  }

  private static List<String> failures(CheckResult result) {
    return Stream.concat(
            result.parities().stream().map(ParityCheck::difference),
            result.cuts().stream().flatMap(cut -> Stream.of(cut.masked(), cut.runtime())))
        .map(Difference::failure)
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .toList();
  }

  private static String verdict(boolean holds) {
    return holds ? "yes" : "NO";
  }

  private static String error(double relative) {
    return Double.isFinite(relative) ? String.format(Locale.ROOT, "%.1e", relative) : "-";
  }

  private static String agreement(Difference difference) {
    return difference
        .agreement()
        .map(agreement -> Numbers.percent(3, agreement.share()))
        .orElse("");
  }
}
