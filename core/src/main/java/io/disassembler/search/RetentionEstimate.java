package io.disassembler.search;

import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Retention of a category, and how low it may be on other images like these: the percentile
 * bootstrap over images (Efron, Annals of Statistics 1979).
 *
 * @param retention on all images together
 * @param lower the retention that {@value #CONFIDENCE_PERCENT} % of the resampled sets of images
 *     reach
 */
record RetentionEstimate(String category, double retention, double lower) {
  static final int CONFIDENCE_PERCENT = 90;

  private static final int RESAMPLES = 400;
  private static final long SEED = 1;

  /**
   * @param images the category's counts in each image
   */
  static RetentionEstimate of(List<ComparedCategory> images) {
    Random random = new Random(SEED);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      ComparedCategory sum = images.get(random.nextInt(images.size()));
      for (int n = 1; n < images.size(); n++) {
        sum = sum.plus(images.get(random.nextInt(images.size())));
      }
      resampled[i] = sum.retention();
    }
    // A draw without the category says nothing of it.
    double[] sorted = Arrays.stream(resampled).filter(Double::isFinite).sorted().toArray();
    double all = images.stream().reduce(ComparedCategory::plus).orElseThrow().retention();
    int place = sorted.length * (100 - CONFIDENCE_PERCENT) / 100;
    return new RetentionEstimate(
        images.get(0).name(), all, sorted.length == 0 ? Double.NaN : sorted[place]);
  }
}
