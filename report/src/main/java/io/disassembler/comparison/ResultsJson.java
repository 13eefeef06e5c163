package io.disassembler.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.comparison.CellResult.Measured;
import io.disassembler.evaluation.CategoryCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.io.UncheckedIOException;

/** A comparison as JSON; ratios that are not defined are null. */
final class ResultsJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private ResultsJson() {}

  static String format(ComparisonReport report) {
    ObjectNode root = JSON.createObjectNode();
    root.put("model", report.model());
    root.put("images", report.images());
    report.profiles().forEach(root.putObject("profiles")::put);
    root.put("command", report.command());
    root.put("version", report.version());
    root.put("date", report.date().toString());
    root.set("machine", JSON.valueToTree(report.machine()));
    ArrayNode summary = root.putArray("summary");
    report.summary().forEach(row -> summary(summary.addObject(), row));
    ArrayNode cells = root.putArray("cells");
    report.results().forEach(result -> cell(cells.addObject(), result));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void approach(ObjectNode node, Approach approach) {
    node.put("profile", approach.profile());
    node.put("criterion", approach.criterion());
    node.put("recovery", approach.recovery());
    node.put("keepMacs", approach.keepMacs());
    node.put("finetuning", approach.finetuning());
  }

  private static void summary(ObjectNode node, SummaryRow row) {
    approach(node, row.approach());
    node.put("sets", row.sets());
    put(node, "macsShare", row.macs());
    put(node, "parametersShare", row.parameters());
    put(node, "latencyRatio", row.latency());
    put(node, "retention", row.retention());
    put(node, "lowestRetention", row.lowest());
    put(node, "iou", row.iou());
    put(node, "precision", row.precision());
    put(node, "recall", row.recall());
    put(node, "falsePositiveRate", row.falsePositives());
    node.put("refusal", row.refusal().isEmpty() ? null : row.refusal());
  }

  private static void cell(ObjectNode node, CellResult result) {
    node.put("set", result.set());
    approach(node, result.approach());
    Measured measured = result.measured();
    if (measured == null) {
      node.put("refusal", result.refusal());
      return;
    }
    node.put("macs", measured.cost().macs());
    node.put("macsShare", measured.macsShare());
    node.put("parameters", measured.cost().parameters());
    node.put("parametersShare", measured.parametersShare());
    node.put("latencyRatio", measured.latencyRatio());
    put(node, "retention", measured.retention());
    ArrayNode categories = node.putArray("categories");
    measured.categories().forEach(category -> category(categories.addObject(), category));
  }

  private static void category(ObjectNode node, ComparedCategory category) {
    node.put("name", category.name());
    put(node, "retention", category.retention());
    counts(node.putObject("full"), category.reference());
    counts(node.putObject("sub"), category.counts());
  }

  private static void counts(ObjectNode node, CategoryCounts counts) {
    put(node, "iou", counts.iou());
    put(node, "precision", counts.precision());
    put(node, "recall", counts.recall());
    put(node, "falsePositiveRate", counts.falsePositiveRate());
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isNaN(value)) {
      node.putNull(key);
    } else {
      node.put(key, value);
    }
  }
}
