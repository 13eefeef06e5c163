package io.disassembler.search;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.data.CategoryMapping;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.extraction.Extraction.SubNetwork;
import io.disassembler.graph.Cost;
import io.disassembler.onnx.TemporaryModel;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Every chosen category keeps at least a share of its IoU on images held out for this, with some
 * confidence that other images will say the same ({@link RetentionEstimate}): of the networks that
 * are tried, the smallest that passes is also the luckiest. Without masks IoU is agreement with the
 * full network's prediction.
 */
public final class RetentionFloor implements Requirement {
  private final ReferenceImages images;
  private final double least;

  /**
   * @param images not profiled and not used by recovery: otherwise the measurement flatters
   * @param mapping the chosen categories
   * @param least retention, in (0, 1]
   * @throws InvalidInputException if it is not in (0, 1], or the images say nothing of a category
   */
  public RetentionFloor(ReferenceImages images, CategoryMapping mapping, double least) {
    this.images = images;
    this.least = least;
    if (!(least > 0 && least <= 1)) {
      throw new InvalidInputException(
          "retention: expected a share of each category's IoU above 0 and up to 1, such as 0.98, found %s"
              .formatted(least),
          Setting.RETENTION_FLOOR);
    }
    for (ComparedCategory category : images.judge(images.predictions(), mapping)) {
      if (!(category.reference().iou() > 0)) {
        throw new InvalidInputException(
            "%s: the full network finds '%s' in none of the %d images held out, so its retention cannot be measured; hold out images that show it"
                .formatted(text(), category.name(), images.size()),
            setting());
      }
    }
  }

  @Override
  public Finding measure(SubNetwork network) {
    Cost cost = new Cost(network.cost().parameters(), network.cost().macs());
    try (TemporaryModel model = TemporaryModel.of(network.network())) {
      List<List<ComparedCategory>> found =
          images.judgeEach(new EvaluationSubject(model.file(), cost, network.network().boundary()));
      RetentionEstimate worst =
          IntStream.range(0, found.get(0).size())
              .mapToObj(c -> found.stream().map(image -> image.get(c)).toList())
              .map(RetentionEstimate::of)
              .min(Comparator.comparingDouble(RetentionEstimate::lower))
              .orElseThrow();
      return new Finding(
          worst.lower() >= least,
          String.format(
              Locale.ROOT,
              "'%s' keeps %.3f of its IoU on %d images, %.3f with %d %% confidence",
              worst.category(),
              worst.retention(),
              images.size(),
              worst.lower(),
              RetentionEstimate.CONFIDENCE_PERCENT));
    }
  }

  @Override
  public boolean favoursMore() {
    return true;
  }

  @Override
  public String text() {
    return "a retention of at least %s".formatted(least);
  }

  @Override
  public Setting setting() {
    return Setting.RETENTION_FLOOR;
  }
}
