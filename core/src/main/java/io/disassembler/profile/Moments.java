package io.disassembler.profile;

/**
 * First and second moments of a feature map with C channels over all pixels of all images, as sums.
 *
 * @param count number of pixels (positions, where the feature map has no spatial axes)
 * @param sum C sums of x over the pixels; not copied
 * @param cross C x C sums of x x^T, row-major and symmetric; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes of sums; no one compares them
public record Moments(long count, double[] sum, double[] cross) {

  public Moments {
    if (cross.length != sum.length * sum.length) {
      throw new IllegalArgumentException(cross.length + " products of " + sum.length + " channels");
    }
  }

  static Moments none(int channels) {
    return new Moments(0, new double[channels], new double[channels * channels]);
  }

  /** Number of channels. */
  public int channels() {
    return sum.length;
  }

  Moments copy() {
    return new Moments(count, sum.clone(), cross.clone());
  }

  /** Adds {@code other} into this one's own arrays, which must belong to the caller. */
  Moments absorb(Moments other) {
    add(sum, other.sum);
    add(cross, other.cross);
    return new Moments(count + other.count, sum, cross);
  }

  private static void add(double[] into, double[] addends) {
    for (int i = 0; i < into.length; i++) {
      into[i] += addends[i];
    }
  }
}
