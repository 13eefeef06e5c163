package io.disassembler.explorer.work;

import io.disassembler.data.Sample;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import io.disassembler.evaluation.EvaluationResult.NetworkResult;
import io.disassembler.evaluation.NetworkPrediction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How well a sub-network does, over all images that are measured on and on each of them.
 *
 * @param all the counts of all images
 * @param images each of them, in their order
 */
public record Quality(NetworkResult all, List<OnImage> images) {

  public Quality {
    images = List.copyOf(images);
  }

  /**
   * How well it does on one image.
   *
   * @param loss IoU that it loses there against the full network ({@link NetworkPrediction#loss})
   * @param shown the chosen categories that the image shows
   */
  public record OnImage(Sample sample, double loss, Set<String> shown) {
    static OnImage of(NetworkPrediction prediction) {
      return new OnImage(
          prediction.sample(),
          prediction.loss(),
          prediction.categories().stream()
              .filter(OnImage::isShown)
              .map(ComparedCategory::name)
              .collect(Collectors.toUnmodifiableSet()));
    }

    private static boolean isShown(ComparedCategory category) {
      return category.counts().truePositives() + category.counts().falseNegatives() > 0;
    }
  }

  /** Number of images that show a category: what its numbers rest on. */
  public int showing(String category) {
    return (int) images.stream().filter(image -> image.shown().contains(category)).count();
  }
}
