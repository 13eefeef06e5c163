package io.disassembler.data;

import java.util.Arrays;

/**
 * Antialiased bilinear resizing of 8-bit images, to the bit what {@code Image.resize(size,
 * BILINEAR)} of Pillow up to version 12 gives, which training code in Python uses directly or
 * through torchvision. Pillow 13 resizes rows first where the height shrinks more than the width;
 * samples then differ by one grey level here and there.
 *
 * <p>Output sample {@code o} of an axis lies at {@code c = (o + 0.5) * scale} on the input axis,
 * {@code scale = in / out}. It is the mean of the input samples within {@code s = max(scale, 1)} of
 * {@code c}, weighted by the triangle {@code 1 - |i + 0.5 - c| / s} and normalised over the samples
 * that exist. Columns come first, then rows; either pass rounds to 8 bits.
 */
final class BilinearResize {
  private BilinearResize() {}

  static Bitmap resize(Bitmap image, Size target) {
    Size source = image.size();
    Bitmap narrowed = image;
    if (source.width() != target.width()) {
      narrowed = columns(image, new Triangle(source.width(), target.width()));
    }
    return source.height() == target.height()
        ? narrowed
        : rows(narrowed, new Triangle(source.height(), target.height()));
  }

  /**
   * The same of floats, without rounding.
   *
   * @param planes any number of source.height() x source.width() planes
   */
  static float[] planes(float[] planes, Size source, Size target) {
    if (source.equals(target)) {
      return planes;
    }
    Triangle across = new Triangle(source.width(), target.width());
    Triangle down = new Triangle(source.height(), target.height());
    int count = planes.length / source.area();
    float[] narrowed = new float[count * source.height() * target.width()];
    for (int row = 0; row < count * source.height(); row++) {
      for (int column = 0; column < target.width(); column++) {
        float sum = 0;
        int in = row * source.width() + across.first[column];
        for (int weight : across.weights[column]) {
          sum += planes[in++] * weight;
        }
        narrowed[row * target.width() + column] = sum / (1 << Triangle.BITS);
      }
    }
    float[] resized = new float[count * target.area()];
    for (int plane = 0; plane < count; plane++) {
      for (int row = 0; row < target.height(); row++) {
        int out = (plane * target.height() + row) * target.width();
        int in = (plane * source.height() + down.first[row]) * target.width();
        for (int weight : down.weights[row]) {
          float share = weight / (float) (1 << Triangle.BITS);
          for (int column = 0; column < target.width(); column++) {
            resized[out + column] += narrowed[in + column] * share;
          }
          in += target.width();
        }
      }
    }
    return resized;
  }

  private static Bitmap columns(Bitmap image, Triangle triangle) {
    int channels = image.channels();
    int height = image.size().height();
    int sourceStride = image.size().width() * channels;
    byte[] source = image.samples();
    byte[] target = new byte[height * triangle.outputs * channels];
    int out = 0;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < triangle.outputs; column++) {
        int first = row * sourceStride + triangle.first[column] * channels;
        int[] weights = triangle.weights[column];
        for (int channel = 0; channel < channels; channel++) {
          int sum = Triangle.HALF;
          int in = first + channel;
          for (int weight : weights) {
            sum += (source[in] & 0xff) * weight;
            in += channels;
          }
          target[out++] = (byte) (sum >> Triangle.BITS);
        }
      }
    }
    return new Bitmap(new Size(height, triangle.outputs), channels, target);
  }

  private static Bitmap rows(Bitmap image, Triangle triangle) {
    int stride = image.size().width() * image.channels();
    byte[] source = image.samples();
    byte[] target = new byte[triangle.outputs * stride];
    int[] sums = new int[stride];
    for (int row = 0; row < triangle.outputs; row++) {
      Arrays.fill(sums, Triangle.HALF);
      int in = triangle.first[row] * stride;
      for (int weight : triangle.weights[row]) {
        for (int i = 0; i < stride; i++) {
          sums[i] += (source[in + i] & 0xff) * weight;
        }
        in += stride;
      }
      for (int i = 0; i < stride; i++) {
        target[row * stride + i] = (byte) (sums[i] >> Triangle.BITS);
      }
    }
    return new Bitmap(new Size(triangle.outputs, image.size().width()), image.channels(), target);
  }

  /**
   * The weights of one axis in fixed point. They sum to 1 within rounding and none is negative, so
   * a weighted sum of bytes stays below 2^30.
   */
  private static final class Triangle {
    static final int BITS = 22;
    static final int HALF = 1 << (BITS - 1);

    final int outputs;
    final int[] first;
    final int[][] weights;

    Triangle(int inputs, int outputs) {
      this.outputs = outputs;
      this.first = new int[outputs];
      this.weights = new int[outputs][];
      double scale = (double) inputs / outputs;
      double support = Math.max(scale, 1);
      for (int o = 0; o < outputs; o++) {
        double center = (o + 0.5) * scale;
        first[o] = Math.max((int) (center - support + 0.5), 0);
        int end = Math.min((int) (center + support + 0.5), inputs);
        weights[o] = fixedPoint(first[o], end, center, support);
      }
    }

    private static int[] fixedPoint(int first, int end, double center, double support) {
      double[] weights = new double[end - first];
      double total = 0;
      for (int i = 0; i < weights.length; i++) {
        double distance = Math.abs((i + first - center + 0.5) * (1 / support));
        weights[i] = Math.max(1 - distance, 0);
        total += weights[i];
      }
      int[] fixed = new int[weights.length];
      for (int i = 0; i < fixed.length; i++) {
        fixed[i] = (int) (weights[i] / total * (1 << BITS) + 0.5);
      }
      return fixed;
    }
  }
}
