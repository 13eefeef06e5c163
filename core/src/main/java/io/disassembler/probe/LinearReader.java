package io.disassembler.probe;

import io.disassembler.engine.NativeScope;
import io.disassembler.engine.PositiveDefinite;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Reads categories from the feature vectors of pixels by linear discriminant analysis: normal
 * distributions with a mean for each category and one covariance for all (Hastie, Tibshirani,
 * Friedman, <i>The Elements of Statistical Learning</i>, 4.3). It has a closed form, so it is the
 * same each time and has nothing to be tuned.
 *
 * <p>First shown pixels with {@link #learn}, then asked with {@link #read}. Not for several
 * threads.
 */
final class LinearReader {
  /** Added to the covariance's diagonal, as a share of its mean: constant channels have none. */
  private static final double RIDGE = 1e-4;

  private final int channels;
  private final long[] counts;
  private final double[] sums;
  private final double[] products;

  /**
   * Knows nothing yet.
   *
   * @param channels C
   * @param categories K
   */
  LinearReader(int channels, int categories) {
    this.channels = channels;
    counts = new long[categories];
    sums = new double[categories * channels];
    products = new double[channels * channels];
  }

  /** The discriminants: score k of a vector x is {@code weights[k] x + constants[k]}. */
  private record Discriminants(double[] weights, double[] constants) {}

  private Discriminants discriminants = new Discriminants(new double[0], new double[0]);

  /**
   * Sees the pixels of an image.
   *
   * @param features (C, P)
   * @param labels a category for each of the P pixels
   */
  void learn(Tensor features, int[] labels) {
    NativeScope.run(
        () -> {
          Tensor exact = features.to(ScalarType.Double);
          add(products, TensorData.doubles(exact.mm(exact.t())));
          add(sums, TensorData.doubles(indicators(labels).mm(exact.t())));
        });
    for (int label : labels) {
      counts[label]++;
    }
  }

  private static void add(double[] sum, double[] more) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }

  /** (K, P), 1 where the pixel is of the category. */
  private Tensor indicators(int[] labels) {
    double[] ones = new double[counts.length * labels.length];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      ones[labels[pixel] * labels.length + pixel] = 1;
    }
    return Tensor.create(ones).reshape(counts.length, labels.length);
  }

  /** Learns no more; from now on it can read. */
  void finish() {
    double total = 0;
    double[] means = sums.clone();
    double[] within = products.clone();
    for (int k = 0; k < counts.length; k++) {
      total += counts[k];
      for (int i = 0; i < channels; i++) {
        means[k * channels + i] /= Math.max(1, counts[k]);
      }
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          within[i * channels + j] -= counts[k] * means[k * channels + i] * means[k * channels + j];
        }
      }
    }
    double trace = 0;
    for (int i = 0; i < channels; i++) {
      trace += within[i * channels + i];
    }
    double[] ridge = new double[channels];
    Arrays.fill(ridge, RIDGE * Math.max(0, trace) / channels + Double.MIN_NORMAL);
    discriminants =
        new Discriminants(solved(within, ridge, means, total), new double[counts.length]);
    for (int k = 0; k < counts.length; k++) {
      double half = 0;
      for (int i = 0; i < channels; i++) {
        half += means[k * channels + i] * discriminants.weights[k * channels + i] / 2;
      }
      discriminants.constants[k] =
          counts[k] == 0 ? Double.NEGATIVE_INFINITY : Math.log(counts[k] / total) - half;
    }
  }

  private double[] solved(double[] within, double[] ridge, double[] means, double total) {
    return NativeScope.in(
        () -> {
          Tensor covariance = Tensor.create(within).reshape(channels, channels);
          Tensor right = Tensor.create(means).reshape(counts.length, channels).t();
          Tensor found =
              PositiveDefinite.of(covariance, Tensor.create(ridge)).solve(right).t().contiguous();
          double[] weights = TensorData.doubles(found);
          for (int i = 0; i < weights.length; i++) {
            weights[i] *= total;
          }
          return weights;
        });
  }

  /**
   * The most likely category of each pixel.
   *
   * @param features (C, P)
   * @return P category numbers
   */
  int[] read(Tensor features) {
    return NativeScope.in(
        () -> {
          Tensor scores =
              Tensor.create(discriminants.weights)
                  .reshape(counts.length, channels)
                  .mm(features.to(ScalarType.Double))
                  .add(Tensor.create(discriminants.constants).reshape(counts.length, 1));
          long[] best = TensorData.longs(scores.argmax(new LongOptional(0), false));
          int[] categories = new int[best.length];
          for (int pixel = 0; pixel < best.length; pixel++) {
            categories[pixel] = (int) best[pixel];
          }
          return categories;
        });
  }
}
