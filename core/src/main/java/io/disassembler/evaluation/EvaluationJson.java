package io.disassembler.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import java.io.UncheckedIOException;

/** The JSON form of an {@link EvaluationResult}. */
final class EvaluationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationJson() {}

  static String format(EvaluationResult result) {
    ObjectNode root = JSON.createObjectNode();
    root.put("labels", result.labels().toString());
    root.put("images", result.images());
    root.put("brokenImages", result.broken());
    root.putArray("size").add(result.size().height()).add(result.size().width());
    root.put("threads", result.threads());
    ObjectNode reference = root.putObject("reference");
    footprint(reference, result.reference().footprint());
    put(reference, "meanIou", result.reference().meanIou());
    ArrayNode scores = reference.putArray("categories");
    result.reference().categories().forEach(category -> score(scores.addObject(), category));
    ArrayNode networks = root.putArray("networks");
    Footprint referenceFootprint = result.reference().footprint();
    result.networks().forEach(one -> network(networks.addObject(), one, referenceFootprint));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void network(ObjectNode node, NetworkResult network, Footprint reference) {
    footprint(node, network.footprint());
    put(node, "latencyRatio", network.footprint().latencyRatio(reference).orElse(Double.NaN));
    put(node, "meanRetention", network.meanRetention());
    ArrayNode categories = node.putArray("categories");
    network.categories().forEach(category -> comparison(categories.addObject(), category));
    ComparedCategory other = network.other();
    if (other != null) {
      comparison(node.putObject("other"), other);
    }
  }

  private static void footprint(ObjectNode node, Footprint footprint) {
    node.put("file", footprint.file().toString());
    node.put("parameters", footprint.cost().parameters());
    node.put("macs", footprint.cost().macs());
    node.put("bytes", footprint.bytes());
    Latency latency = footprint.latency();
    if (latency == null) {
      node.putNull("latencyMs");
    } else {
      node.put("latencyMs", latency.medianMs());
      ArrayNode quartiles = node.putArray("latencyQuartilesMs");
      quartiles.add(latency.lowerQuartileMs()).add(latency.upperQuartileMs());
      node.put("latencyRounds", latency.rounds());
    }
  }

  private static void score(ObjectNode node, CategoryScore score) {
    node.put("name", score.name());
    put(node, "iou", score.counts().iou());
    counts(node, score.counts());
  }

  private static void comparison(ObjectNode node, ComparedCategory category) {
    node.put("name", category.name());
    put(node, "referenceIou", category.reference().iou());
    put(node, "iou", category.counts().iou());
    put(node, "retention", category.retention());
    counts(node, category.counts());
    put(node, "referenceFalsePositiveRate", category.reference().falsePositiveRate());
    put(node, "referencePrecision", category.reference().precision());
    put(node, "referenceRecall", category.reference().recall());
  }

  private static void counts(ObjectNode node, CategoryCounts counts) {
    put(node, "falsePositiveRate", counts.falsePositiveRate());
    put(node, "precision", counts.precision());
    put(node, "recall", counts.recall());
  }

  /** JSON has no NaN. */
  private static void put(ObjectNode node, String key, double value) {
    if (Double.isNaN(value)) {
      node.putNull(key);
    } else {
      node.put(key, value);
    }
  }
}
