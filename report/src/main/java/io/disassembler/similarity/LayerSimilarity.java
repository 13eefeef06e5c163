package io.disassembler.similarity;

import static java.lang.Double.NaN;

import io.disassembler.profile.AttributionExample;
import io.disassembler.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How similar images excite the channels of a feature map (or, for backward attribution, depend on
 * them): cosine similarity of their vectors, averaged over pairs of different images.
 *
 * <p>{@link #within} is the mean over pairs of images of one category, averaged over categories;
 * {@link #between} that over pairs of an image of one category and another image of another,
 * averaged over pairs of categories. Two categories in one image are not compared: they share its
 * light and its camera. Only categories that at least {@value #FEWEST_IMAGES} of the profile's
 * examples show count.
 *
 * <p>Confidence intervals are value +- 1.96 standard errors, from the delete-one jackknife over
 * images (Efron and Stein, 1981): every category of an image is left out with it, since they are
 * not independent. No random numbers take part. Consecutive frames of a film are not independent
 * either; for those the intervals are too narrow.
 */
public final class LayerSimilarity {
  /** One can be left out and two still be compared. */
  public static final int FEWEST_IMAGES = 3;

  private final String featureMap;
  private final Attribution attribution;
  private final List<Integer> categories;
  private final double[][] means;
  private final @Nullable Estimate within;
  private final @Nullable Estimate between;
  private final @Nullable Estimate difference;

  private LayerSimilarity(
      String featureMap, Attribution attribution, List<Integer> categories, ImagePairs pairs) {
    this.featureMap = featureMap;
    this.attribution = attribution;
    this.categories = categories;
    means = pairs.means();
    Summary all = Summary.of(means);
    List<Summary> without =
        IntStream.range(0, pairs.images())
            .mapToObj(image -> Summary.of(pairs.meansWithout(image)))
            .toList();
    within = jackknife(all, without, Summary::within);
    between = jackknife(all, without, Summary::between);
    difference = jackknife(all, without, Summary::difference);
  }

  /** Compares the examples of {@code profile} at one of its feature maps. */
  public static LayerSimilarity of(Profile profile, String featureMap, Attribution attribution) {
    List<Map<String, double[]>> vectors = new ArrayList<>();
    List<Integer> categories = new ArrayList<>();
    for (int c = 0; c < profile.header().categories().size(); c++) {
      Map<String, double[]> units = new TreeMap<>();
      for (AttributionExample example : profile.category(c).examples()) {
        double[] unit = unit(attribution.of(example, featureMap));
        if (unit != null) {
          units.put(example.image(), unit);
        }
      }
      if (units.size() >= FEWEST_IMAGES) {
        categories.add(c);
        vectors.add(units);
      }
    }
    Map<String, Map<Integer, double[]>> images = new TreeMap<>();
    for (int i = 0; i < vectors.size(); i++) {
      int place = i;
      vectors
          .get(i)
          .forEach(
              (image, unit) ->
                  images.computeIfAbsent(image, key -> new TreeMap<>()).put(place, unit));
    }
    return new LayerSimilarity(
        featureMap,
        attribution,
        List.copyOf(categories),
        new ImagePairs(
            categories.size(), profile.channels(featureMap), List.copyOf(images.values())));
  }

  public String featureMap() {
    return featureMap;
  }

  public Attribution attribution() {
    return attribution;
  }

  /** Numbers of the categories that count, ascending. */
  public List<Integer> categories() {
    return categories;
  }

  /** True if there are categories that count. */
  public boolean comparable() {
    return !categories.isEmpty();
  }

  /**
   * Mean similarity of images of one category and other images of another, or of the same.
   *
   * @param first place in {@link #categories()}
   * @param second place in {@link #categories()}
   * @return a cosine, in [0, 1] since no element of a vector is negative
   */
  public double mean(int first, int second) {
    return means[first][second];
  }

  /** Of images of one category; null if no category counts. */
  public @Nullable Estimate within() {
    return within;
  }

  /** Of images of different categories; null if fewer than two categories count. */
  public @Nullable Estimate between() {
    return between;
  }

  /** Within less between; null where one of them is. */
  public @Nullable Estimate difference() {
    return difference;
  }

  private static @Nullable Estimate jackknife(
      Summary all, List<Summary> without, ToDoubleFunction<Summary> statistic) {
    double value = statistic.applyAsDouble(all);
    if (Double.isNaN(value)) {
      return null;
    }
    double n = without.size();
    double mean = without.stream().mapToDouble(statistic).average().orElse(value);
    double squares =
        without.stream().mapToDouble(s -> Math.pow(statistic.applyAsDouble(s) - mean, 2)).sum();
    return Estimate.of(value, Math.sqrt((n - 1) / n * squares));
  }

  /** What a matrix of means comes down to; NaN where there is nothing to average. */
  private record Summary(double within, double between) {

    static Summary of(double[][] means) {
      return new Summary(
          IntStream.range(0, means.length).mapToDouble(c -> means[c][c]).average().orElse(NaN),
          IntStream.range(0, means.length)
              .boxed()
              .flatMapToDouble(c -> IntStream.range(0, c).mapToDouble(d -> means[c][d]))
              .average()
              .orElse(NaN));
    }

    double difference() {
      return within - between;
    }
  }

  /** Null if the vector is zero: it has no direction. */
  private static double @Nullable [] unit(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    if (!(squares > 0)) {
      return null;
    }
    double[] unit = new double[vector.length];
    for (int k = 0; k < unit.length; k++) {
      unit[k] = vector[k] / Math.sqrt(squares);
    }
    return unit;
  }
}
