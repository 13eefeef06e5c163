package io.disassembler.profile;

import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * First and second moments of a feature map with C channels over all pixels of all images, and how
 * often each channel is active, as sums.
 *
 * @param count number of pixels (positions, where the feature map has no spatial axes)
 * @param sum C sums of x over the pixels; not copied
 * @param cross C x C sums of x x^T, row-major and symmetric; not copied
 * @param positive C numbers of pixels with x above 0; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes of sums; no one compares them
public record Moments(long count, double[] sum, double[] cross, double[] positive) {

  public Moments {
    if (cross.length != sum.length * sum.length || positive.length != sum.length) {
      throw new IllegalArgumentException(
          "%d products and %d counts of %d channels"
              .formatted(cross.length, positive.length, sum.length));
    }
  }

  static Moments none(int channels) {
    return new Moments(
        0, new double[channels], new double[channels * channels], new double[channels]);
  }

  /** Number of channels. */
  public int channels() {
    return sum.length;
  }

  /** The first channel whose values, or their products, are infinite or NaN; empty if none is. */
  public OptionalInt notFinite() {
    return IntStream.range(0, sum.length)
        .filter(c -> !Double.isFinite(sum[c]) || !Double.isFinite(cross[c * sum.length + c]))
        .findFirst();
  }

  Moments copy() {
    return new Moments(count, sum.clone(), cross.clone(), positive.clone());
  }

  /** Adds {@code other} into this one's own arrays, which must belong to the caller. */
  public Moments absorb(Moments other) {
    add(sum, other.sum);
    add(cross, other.cross);
    add(positive, other.positive);
    return new Moments(count + other.count, sum, cross, positive);
  }

  private static void add(double[] into, double[] addends) {
    for (int i = 0; i < into.length; i++) {
      into[i] += addends[i];
    }
  }
}
