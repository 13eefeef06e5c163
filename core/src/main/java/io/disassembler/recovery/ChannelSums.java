package io.disassembler.recovery;

import io.disassembler.operator.TensorData;
import org.bytedeco.pytorch.Tensor;

/**
 * What regressing y on z takes, for each channel by itself: sums over samples of z, y, z z, z y and
 * y y. See {@link PairedMoments} for all channels together.
 */
final class ChannelSums {
  /** Keeps the slope of a channel whose z is always the same. */
  private static final double TINY = 1e-9;

  private final double[] z;
  private final double[] y;
  private final double[] zz;
  private final double[] zy;
  private final double[] yy;
  private long count;

  ChannelSums(int channels) {
    z = new double[channels];
    y = new double[channels];
    zz = new double[channels];
    zy = new double[channels];
    yy = new double[channels];
  }

  /**
   * Adds samples.
   *
   * @param input z, (channels, samples), float64
   * @param target y, likewise
   */
  void add(Tensor input, Tensor target) {
    count += input.size(1);
    add(z, input);
    add(y, target);
    add(zz, input.mul(input));
    add(zy, input.mul(target));
    add(yy, target.mul(target));
  }

  private static void add(double[] sums, Tensor samples) {
    add(sums, TensorData.doubles(samples.sum(1)));
  }

  private static void add(double[] sums, double[] more) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] += more[k];
    }
  }

  ChannelSums plus(ChannelSums other) {
    ChannelSums both = new ChannelSums(z.length);
    for (ChannelSums part : new ChannelSums[] {this, other}) {
      both.count += part.count;
      add(both.z, part.z);
      add(both.y, part.y);
      add(both.zz, part.zz);
      add(both.zy, part.zy);
      add(both.yy, part.yy);
    }
    return both;
  }

  /** The summed squared error of y ~ a z + b in channel {@code k}. */
  double error(int k, double a, double b) {
    return yy[k] - 2 * a * zy[k] - 2 * b * y[k] + a * a * zz[k] + 2 * a * b * z[k] + b * b * count;
  }

  /** The a that fits best, drawn towards {@code prior} by {@code ridge} times the variance of z. */
  double slope(int k, double prior, double ridge) {
    double own = zz[k] - z[k] * z[k] / count;
    double cross = zy[k] - z[k] * y[k] / count;
    double penalty = ridge * own + TINY * count;
    return (cross + penalty * prior) / (own + penalty);
  }

  /** The b that fits best beside {@code a}. */
  double intercept(int k, double a) {
    return (y[k] - a * z[k]) / count;
  }
}
