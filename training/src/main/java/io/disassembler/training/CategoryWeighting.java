package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Mask;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How much a pixel of each category counts, from how often it occurs. Where each category is
 * decided by itself, a pixel without it counts 1.
 */
public enum CategoryWeighting {
  /** All the same. */
  NONE,

  /** One over the square root of the category's share of the pixels. */
  SQRT_INVERSE,

  /**
   * The median of the categories' frequencies over the category's own, which is its share of the
   * pixels of the images that show it (Eigen and Fergus, "Predicting Depth, Surface Normals and
   * Semantic Labels", 2015).
   */
  MEDIAN_FREQUENCY;

  /**
   * Weights for the cross-entropy; categories that no mask shows count as much as the rarest.
   *
   * @param samples with masks
   * @param size the size at which pixels are counted
   * @return one weight for each category, or none for {@link #NONE}
   */
  public List<Double> weights(NetworkCard card, List<Sample> samples, Size size) {
    if (this == NONE) {
      return List.of();
    }
    int categories = card.categories().size();
    long[] pixels = new long[categories];
    long[] areas = new long[categories];
    Preprocessor preprocessor = new Preprocessor(card, size);
    long all = 0;
    for (Sample sample : samples) {
      int[] labels = labels(sample, preprocessor);
      long[] counts = counts(labels, card);
      long labelled = Arrays.stream(labels).filter(label -> label >= 0).count();
      all += labelled;
      for (int category = 0; category < categories; category++) {
        pixels[category] += counts[category];
        areas[category] += counts[category] > 0 ? labelled : 0;
      }
    }
    return this == SQRT_INVERSE ? squareRoots(pixels, all) : medianFrequency(pixels, areas);
  }

  /** Pixels of each category; the label of none of them is their number. */
  private static long[] counts(int[] labels, NetworkCard card) {
    long[] counts = new long[card.categories().size() + 1];
    for (int label : labels) {
      if (card.independent()) {
        for (int rest = Math.max(0, label); rest != 0; rest &= rest - 1) {
          counts[Integer.numberOfTrailingZeros(rest)]++;
        }
      } else if (label >= 0) {
        counts[label]++;
      }
    }
    return counts;
  }

  private static int[] labels(Sample sample, Preprocessor preprocessor) {
    try {
      Mask mask = sample.readMask();
      return mask == null ? new int[0] : preprocessor.labels(mask);
    } catch (IOException e) {
      throw new InvalidInputException(
          sample.mask() + ": the mask cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Double> squareRoots(long[] pixels, long all) {
    List<Double> weights = new ArrayList<>();
    for (long count : pixels) {
      weights.add(count == 0 ? Double.NaN : Math.sqrt((double) all / count));
    }
    return filled(weights);
  }

  private static List<Double> medianFrequency(long[] pixels, long[] areas) {
    List<Double> frequencies = new ArrayList<>();
    for (int category = 0; category < pixels.length; category++) {
      frequencies.add((double) pixels[category] / areas[category]);
    }
    List<Double> sorted = frequencies.stream().filter(f -> !f.isNaN()).sorted().toList();
    double median = sorted.isEmpty() ? 1 : sorted.get(sorted.size() / 2);
    return filled(frequencies.stream().map(frequency -> median / frequency).toList());
  }

  private static List<Double> filled(List<Double> weights) {
    List<Double> known = weights.stream().filter(weight -> !weight.isNaN()).toList();
    double rarest = known.isEmpty() ? 1 : Collections.max(known);
    return weights.stream().map(weight -> weight.isNaN() ? rarest : weight).toList();
  }
}
