package io.disassembler.search;

import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Retention of a category, and how low it may be on other images like these: the percentile
 * bootstrap over images (Efron, Annals of Statistics 1979), drawn in runs of neighbours (the
 * circular block bootstrap of Politis and Romano, 1992, with runs of the square root of the number
 * of images). Images next to each other are often frames of one film, which say little more than
 * one of them; drawing them one by one would promise too much.
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
   * @param images the category's counts in each image, in the order of their names
   */
  static RetentionEstimate of(List<ComparedCategory> images) {
    Random random = new Random(SEED);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      resampled[i] = draw(images, random).retention();
    }
    // A draw without the category says nothing of it.
    double[] sorted = Arrays.stream(resampled).filter(Double::isFinite).sorted().toArray();
    double all = images.stream().reduce(ComparedCategory::plus).orElseThrow().retention();
    int place = sorted.length * (100 - CONFIDENCE_PERCENT) / 100;
    return new RetentionEstimate(
        images.get(0).name(), all, sorted.length == 0 ? Double.NaN : sorted[place]);
  }

  /** As many images as there are, in runs of neighbours. */
  private static ComparedCategory draw(List<ComparedCategory> images, Random random) {
    int run = (int) Math.round(Math.sqrt(images.size()));
    List<ComparedCategory> drawn = new ArrayList<>();
    while (drawn.size() < images.size()) {
      int first = random.nextInt(images.size());
      for (int i = 0; i < run && drawn.size() < images.size(); i++) {
        drawn.add(images.get((first + i) % images.size()));
      }
    }
    return drawn.stream().reduce(ComparedCategory::plus).orElseThrow();
  }
}
