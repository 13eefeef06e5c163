package io.disassembler.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Json;
import io.disassembler.base.Numbers;
import io.disassembler.base.Reason;
import io.disassembler.evaluation.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What came of the demo.
 *
 * @param evaluation what {@code evaluate --json} wrote
 * @param category the category that was chosen
 * @param picture the picture that was drawn
 * @param seconds how long everything took
 */
public record DemoSummary(JsonNode evaluation, String category, Path picture, double seconds) {
  private static final JsonMapper JSON = new JsonMapper();

  public static DemoSummary read(Path evaluation, String category, Path picture, double seconds) {
    try {
      return new DemoSummary(JSON.readTree(evaluation.toFile()), category, picture, seconds);
    } catch (IOException e) {
      throw new InvalidInputException(evaluation + ": cannot be read: " + Reason.of(e), e);
    }
  }

  public void print(PrintWriter out) {
    JsonNode full = evaluation.path("reference");
    JsonNode small = evaluation.path("networks").path(0);
    TextTable table = new TextTable("", "full network", category + " network", "share");
    row(table, "parameters", full, small, "parameters", 1, "%,.0f");
    row(table, "MMACs", full, small, "macs", 1e6, "%,.1f");
    row(table, "MB", full, small, "bytes", 1e6, "%.2f");
    row(table, "latency ms", full, small, "latencyMs", 1, "%.2f");
    JsonNode scores = chosen(small);
    double before = scores.path("referenceIou").asDouble();
    double after = scores.path("iou").asDouble();
    table.row(
        "IoU " + category,
        number("%.3f", before),
        number("%.3f", after),
        Numbers.percent(after / before));
    out.printf("%nOn %d test scenes:%n%s", evaluation.path("images").asInt(), table.format());
    out.printf(Locale.ROOT, "%n%.0f s. What the two networks see: %s%n", seconds, picture);
    out.flush();
  }

  /** The JSON form. */
  public String toJson() {
    return Json.pretty(new Written(category, picture, seconds, evaluation));
  }

  private record Written(String category, Path picture, double seconds, JsonNode evaluation) {}

  private JsonNode chosen(JsonNode network) {
    for (JsonNode scores : network.path("categories")) {
      if (scores.path("name").asText().equals(category)) {
        return scores;
      }
    }
    throw new IllegalStateException("the evaluation lacks " + category);
  }

  private static void row(
      TextTable table,
      String name,
      JsonNode full,
      JsonNode small,
      String key,
      double unit,
      String format) {
    double before = full.path(key).asDouble() / unit;
    double after = small.path(key).asDouble() / unit;
    table.row(name, number(format, before), number(format, after), Numbers.percent(after / before));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
