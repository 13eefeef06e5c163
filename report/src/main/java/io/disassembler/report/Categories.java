package io.disassembler.report;

import static j2html.TagCreator.p;

import io.disassembler.base.Numbers;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.evaluation.EvaluationResult.CategoryScore;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.LabelSource;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;

/**
 * How well each category is kept.
 *
 * @param result on images that took no part in making the networks, as far as is known
 */
public record Categories(EvaluationResult result) implements Section {

  @Override
  public String title() {
    return "Categories";
  }

  @Override
  public List<DomContent> content() {
    List<DomContent> content = new ArrayList<>();
    boolean masks = result.labels() == LabelSource.MASKS;
    content.add(
        p(
            "%d images at %s%s, compared with %s. Retention is a category's IoU as a share of that of %s, full in the tables; false positives are the share of the area predicted as a category on images that lack it (- where all show it)."
                .formatted(
                    result.images(),
                    result.size(),
                    result.broken() > 0 ? " (" + result.broken() + " broken ones skipped)" : "",
                    masks
                        ? "masks"
                        : "the full network's own predictions: IoU is agreement with it",
                    result.reference().footprint().file().getFileName())));
    if (result.networks().isEmpty()) {
      content.add(reference());
    }
    result.networks().forEach(network -> content.add(network(network)));
    return content;
  }

  private DomContent reference() {
    return Tables.of(
        "%s: mIoU %s"
            .formatted(
                result.reference().footprint().file().getFileName(),
                Numbers.decimals(3, result.reference().meanIou())),
        List.of("category", "IoU", "precision", "recall", "false positives"),
        result.reference().categories().stream().map(Categories::row).toList());
  }

  private static List<String> row(CategoryScore category) {
    return List.of(
        category.name(),
        Numbers.decimals(3, category.counts().iou()),
        Numbers.decimals(3, category.counts().precision()),
        Numbers.decimals(3, category.counts().recall()),
        Numbers.percent(category.counts().falsePositiveRate()));
  }

  private static DomContent network(NetworkResult network) {
    List<List<String>> rows = new ArrayList<>();
    network.categories().forEach(category -> rows.add(row(category)));
    ComparedCategory other = network.other();
    if (other != null) {
      rows.add(row(other));
    }
    return Tables.of(
        "%s: mean retention %s%s"
            .formatted(
                network.footprint().file().getFileName(),
                Numbers.decimals(3, network.meanRetention()),
                other == null ? "" : ", without other"),
        List.of(
            "category",
            "IoU full",
            "IoU",
            "retention",
            "precision full",
            "precision",
            "recall full",
            "recall",
            "false positives full",
            "false positives"),
        rows);
  }

  private static List<String> row(ComparedCategory category) {
    return List.of(
        category.name(),
        Numbers.decimals(3, category.reference().iou()),
        Numbers.decimals(3, category.counts().iou()),
        Numbers.decimals(3, category.retention()),
        Numbers.decimals(3, category.reference().precision()),
        Numbers.decimals(3, category.counts().precision()),
        Numbers.decimals(3, category.reference().recall()),
        Numbers.decimals(3, category.counts().recall()),
        Numbers.percent(category.reference().falsePositiveRate()),
        Numbers.percent(category.counts().falsePositiveRate()));
  }
}
