package io.disassembler.profile;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was learned about one category from the images that show it: at every feature map, vectors
 * with one number per channel. A category that no image shows has vectors of zeros. Immutable.
 */
public final class CategoryProfile {
  /** Images whose own vectors are kept: the first in the order of their names. */
  public static final int EXAMPLES = 64;

  private final long images;
  private final double maskArea;
  private final Map<String, double[]> forward;
  private final Map<String, double[]> backward;
  private final Map<String, double[]> taylor;
  private final SortedMap<String, AttributionExample> examples;

  /**
   * @param forward per feature map the sum over images of vectors that sum to 1; likewise the
   *     others; not copied
   */
  CategoryProfile(
      long images,
      double maskArea,
      Map<String, double[]> forward,
      Map<String, double[]> backward,
      Map<String, double[]> taylor,
      Collection<AttributionExample> examples) {
    this.images = images;
    this.maskArea = maskArea;
    this.forward = forward;
    this.backward = backward;
    this.taylor = taylor;
    this.examples = new TreeMap<>();
    examples.forEach(example -> this.examples.put(example.image(), example));
    while (this.examples.size() > EXAMPLES) {
      this.examples.remove(this.examples.lastKey());
    }
  }

  static CategoryProfile none(List<FeatureMap> featureMaps) {
    Map<String, double[]> zeros = new HashMap<>();
    featureMaps.forEach(map -> zeros.put(map.name(), new double[map.channels()]));
    return new CategoryProfile(0, 0, zeros, zeros, zeros, List.of());
  }

  static CategoryProfile of(String image, ImageProfile.Presence presence) {
    Map<String, double[]> probabilities = new HashMap<>();
    Map<String, float[]> forward = new HashMap<>();
    Map<String, float[]> backward = new HashMap<>();
    presence
        .forward()
        .forEach(
            (map, sums) -> {
              double[] vector = scaled(sums, 1 / Arrays.stream(sums).sum());
              probabilities.put(map, vector);
              forward.put(map, floats(vector));
            });
    presence.backward().forEach((map, sums) -> backward.put(map, floats(sums)));
    return new CategoryProfile(
        1,
        presence.maskArea(),
        probabilities,
        presence.backward(),
        presence.taylor(),
        List.of(new AttributionExample(image, forward, backward)));
  }

  CategoryProfile plus(CategoryProfile other) {
    TreeMap<String, AttributionExample> all = new TreeMap<>(examples);
    all.putAll(other.examples);
    return new CategoryProfile(
        images + other.images,
        maskArea + other.maskArea,
        sum(forward, other.forward),
        sum(backward, other.backward),
        sum(taylor, other.taylor),
        all.values());
  }

  /** Number of images that show the category. */
  public long images() {
    return images;
  }

  /** Pixels of the masks of all these images, at the logits' resolution. */
  public double maskArea() {
    return maskArea;
  }

  /**
   * Forward attribution: the mean over images of the masked activations, normalised to sum to 1
   * over the channels in each image.
   */
  public double[] forward(String featureMap) {
    return mean(forward, featureMap);
  }

  /**
   * Backward attribution: the mean over images of the masked positive gradients, divided by the
   * largest channel's; in [0, 1].
   */
  public double[] backward(String featureMap) {
    double[] mean = mean(backward, featureMap);
    return scaled(mean, 1 / Arrays.stream(mean).max().orElse(0));
  }

  /**
   * The mean over images of the masked |activation x gradient|: to first order how much the
   * category's logits change without the channel (Molchanov et al. 2017 and 2019).
   */
  public double[] taylor(String featureMap) {
    return mean(taylor, featureMap);
  }

  /** The first {@value #EXAMPLES} images that show the category, in the order of their names. */
  public List<AttributionExample> examples() {
    return List.copyOf(examples.values());
  }

  double[] forwardSum(String featureMap) {
    return of(forward, featureMap);
  }

  double[] backwardSum(String featureMap) {
    return of(backward, featureMap);
  }

  double[] taylorSum(String featureMap) {
    return of(taylor, featureMap);
  }

  private double[] mean(Map<String, double[]> sums, String featureMap) {
    return scaled(of(sums, featureMap), 1 / (double) images);
  }

  private static double[] of(Map<String, double[]> vectors, String featureMap) {
    double[] vector = vectors.get(featureMap);
    if (vector == null) {
      throw new IllegalArgumentException("not a feature map of this profile: " + featureMap);
    }
    return vector;
  }

  private static Map<String, double[]> sum(Map<String, double[]> a, Map<String, double[]> b) {
    Map<String, double[]> sums = new HashMap<>();
    a.forEach(
        (map, vector) -> {
          double[] other = of(b, map);
          double[] total = new double[vector.length];
          Arrays.setAll(total, k -> vector[k] + other[k]);
          sums.put(map, total);
        });
    return sums;
  }

  /** All zeros where {@code factor} is one over zero: nothing was there to normalise by. */
  private static double[] scaled(double[] vector, double factor) {
    return Double.isFinite(factor)
        ? Arrays.stream(vector).map(x -> x * factor).toArray()
        : new double[vector.length];
  }

  private static float[] floats(double[] vector) {
    float[] floats = new float[vector.length];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (float) vector[k];
    }
    return floats;
  }
}
