package io.disassembler.evaluation;

import io.disassembler.base.Numbers;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.Footprint;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.EvaluationResult.ReferenceResult;
import java.util.Locale;

/** The terminal form of an {@link EvaluationResult}. */
final class EvaluationTable {
  private EvaluationTable() {}

  static String format(EvaluationResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        "images: %d at %s, labels: %s, threads: %d%s%n"
            .formatted(
                result.images(),
                result.size(),
                result.labels(),
                result.threads(),
                result.broken() == 0 ? "" : ", broken and skipped: " + result.broken()));
    text.append('\n').append(footprints(result));
    // Against its own predictions the reference is always right.
    if (result.labels() == LabelSource.MASKS) {
      text.append('\n').append(reference(result.reference()));
    }
    result.networks().forEach(one -> text.append('\n').append(network(one)));
    return text.toString();
  }

  private static String footprints(EvaluationResult result) {
    TextTable table =
        new TextTable("network", "parameters", "MMACs", "MB", "latency ms", "quartiles", "ratio");
    Footprint reference = result.reference().footprint();
    footprint(table, reference, reference);
    result.networks().forEach(network -> footprint(table, network.footprint(), reference));
    return table.format();
  }

  private static void footprint(TextTable table, Footprint footprint, Footprint reference) {
    Latency latency = footprint.latency();
    table.row(
        footprint.file().toString(),
        Numbers.count(footprint.cost().parameters()),
        String.format(Locale.ROOT, "%,.1f", footprint.cost().macs() / 1e6),
        String.format(Locale.ROOT, "%,.2f", footprint.bytes() / 1e6),
        latency == null ? Numbers.UNDEFINED : Numbers.decimals(1, latency.medianMs()),
        latency == null
            ? Numbers.UNDEFINED
            : Numbers.decimals(1, latency.lowerQuartileMs())
                + " to "
                + Numbers.decimals(1, latency.upperQuartileMs()),
        Numbers.decimals(2, footprint.latencyRatio(reference).orElse(Double.NaN)));
  }

  private static String reference(ReferenceResult reference) {
    TextTable table = new TextTable("category", "IoU", "precision", "recall", "false positives");
    for (CategoryScore category : reference.categories()) {
      CategoryCounts counts = category.counts();
      table.row(
          category.name(),
          Numbers.decimals(3, counts.iou()),
          Numbers.decimals(3, counts.precision()),
          Numbers.decimals(3, counts.recall()),
          Numbers.percent(2, counts.falsePositiveRate()));
    }
    return "%s: mIoU %s%n%s"
        .formatted(
            reference.footprint().file(), Numbers.decimals(3, reference.meanIou()), table.format());
  }

  private static String network(NetworkResult network) {
    TextTable table =
        new TextTable(
            "category",
            "reference IoU",
            "IoU",
            "retention",
            "precision",
            "recall",
            "false positives",
            "| reference precision",
            "recall",
            "false positives");
    network.categories().forEach(category -> comparison(table, category));
    ComparedCategory other = network.other();
    if (other != null) {
      comparison(table, other);
    }
    return "%s: mean retention %s%s%n%s"
        .formatted(
            network.footprint().file(),
            Numbers.decimals(3, network.meanRetention()),
            other == null ? "" : " (without other)",
            table.format());
  }

  private static void comparison(TextTable table, ComparedCategory category) {
    CategoryCounts counts = category.counts();
    table.row(
        category.name(),
        Numbers.decimals(3, category.reference().iou()),
        Numbers.decimals(3, counts.iou()),
        Numbers.decimals(3, category.retention()),
        Numbers.decimals(3, counts.precision()),
        Numbers.decimals(3, counts.recall()),
        Numbers.percent(2, counts.falsePositiveRate()),
        Numbers.decimals(3, category.reference().precision()),
        Numbers.decimals(3, category.reference().recall()),
        Numbers.percent(2, category.reference().falsePositiveRate()));
  }
}
