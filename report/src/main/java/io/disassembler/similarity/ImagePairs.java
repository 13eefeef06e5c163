package io.disassembler.similarity;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Mean cosine similarities over pairs of different images. For unit vectors u they follow from sums
 * alone: with S_c the sum over the n_c images of category c, the sum over pairs of different images
 * of c is |S_c|^2 - n_c, and that over pairs of an image of c and another of d is S_c . S_d less
 * what the n_cd images that show both contribute with themselves. An image can be taken out of the
 * sums again, which makes the jackknife cheap.
 */
final class ImagePairs {
  private final int categories;
  private final double[][] dots;
  private final double[][] pairs;
  private final double[][] sums;
  private final double[] counts;
  private final List<Map<Integer, double[]>> images;

  /** An image's unit vectors, by the category's number; category numbers are 0, 1, ... */
  ImagePairs(int categories, int channels, List<Map<Integer, double[]>> images) {
    this.categories = categories;
    this.images = images.stream().<Map<Integer, double[]>>map(TreeMap::new).toList();
    sums = new double[categories][channels];
    counts = new double[categories];
    for (Map<Integer, double[]> image : this.images) {
      image.forEach(
          (c, vector) -> {
            counts[c]++;
            for (int k = 0; k < channels; k++) {
              sums[c][k] += vector[k];
            }
          });
    }
    dots = new double[categories][categories];
    pairs = new double[categories][categories];
    for (int c = 0; c < categories; c++) {
      for (int d = 0; d < categories; d++) {
        dots[c][d] = dot(sums[c], sums[d]);
        pairs[c][d] = counts[c] * counts[d];
      }
    }
    for (Map<Integer, double[]> image : this.images) {
      image.forEach(
          (c, own) ->
              image.forEach(
                  (d, other) -> {
                    dots[c][d] -= dot(own, other);
                    pairs[c][d]--;
                  }));
    }
  }

  int images() {
    return images.size();
  }

  /** Mean similarity of images of category c and other images of category d, for every c and d. */
  double[][] means() {
    return quotients(dots, pairs);
  }

  /** The same without one image. */
  double[][] meansWithout(int index) {
    double[][] dotsLeft = copy(dots);
    double[][] pairsLeft = copy(pairs);
    Map<Integer, double[]> image = images.get(index);
    image.forEach(
        (c, vector) -> {
          for (int d = 0; d < categories; d++) {
            double[] own = image.get(d);
            // The image against every other image of d.
            double dot = dot(vector, sums[d]) - (own == null ? 0 : dot(vector, own));
            double others = counts[d] - (own == null ? 0 : 1);
            dotsLeft[c][d] -= dot;
            dotsLeft[d][c] -= dot;
            pairsLeft[c][d] -= others;
            pairsLeft[d][c] -= others;
          }
        });
    return quotients(dotsLeft, pairsLeft);
  }

  private static double[][] quotients(double[][] dots, double[][] pairs) {
    double[][] means = new double[dots.length][dots.length];
    for (int c = 0; c < dots.length; c++) {
      for (int d = 0; d < dots.length; d++) {
        means[c][d] = dots[c][d] / pairs[c][d];
      }
    }
    return means;
  }

  private static double[][] copy(double[][] matrix) {
    double[][] copy = new double[matrix.length][];
    for (int row = 0; row < copy.length; row++) {
      copy[row] = matrix[row].clone();
    }
    return copy;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
