package io.disassembler.data;

import java.util.Arrays;
import java.util.List;

/**
 * A decoded image or volume of any number of bands.
 *
 * @param planes channels x (depth x) height x width, row-major; not copied
 * @param largest the largest number of the file's type: 255, 65535; 1 for floating point
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes that are read once; no one compares them
record Bands(Size size, float[] planes, double largest) {
  /** Number of bands. */
  int channels() {
    return planes.length / size.area();
  }

  /** Numbers at places of one band, lowest first, as evenly spread as they come. */
  float[] sorted(int band, int most) {
    int area = size.area();
    int step = Math.max(1, area / most);
    float[] some = new float[(area + step - 1) / step];
    for (int i = 0; i < some.length; i++) {
      some[i] = planes[band * area + i * step];
    }
    Arrays.sort(some);
    return some;
  }

  /** The slice in the middle of a volume. */
  private Bands middle() {
    int slice = size.slice().area();
    float[] slices = new float[channels() * slice];
    for (int band = 0; band < channels(); band++) {
      int from = band * size.area() + size.middle();
      System.arraycopy(planes, from, slices, band * slice, slice);
    }
    return new Bands(size.slice(), slices, largest);
  }

  /**
   * A picture of three bands, of a volume its middle slice, each from black at its lowest numbers
   * to white at its highest, two per cent at either end left out.
   *
   * @param shown the bands that are red, green and blue
   */
  Bitmap picture(List<Integer> shown) {
    return size.volume() ? middle().painted(shown) : painted(shown);
  }

  private Bitmap painted(List<Integer> shown) {
    byte[] rgb = new byte[3 * size.area()];
    for (int color = 0; color < 3; color++) {
      int band = Math.min(shown.get(color), channels() - 1);
      float[] sorted = sorted(band, 10_000);
      float low = sorted[sorted.length / 50];
      float high = sorted[sorted.length - 1 - sorted.length / 50];
      float range = high > low ? high - low : 1;
      for (int pixel = 0; pixel < size.area(); pixel++) {
        float share = (planes[band * size.area() + pixel] - low) / range;
        rgb[3 * pixel + color] = (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
      }
    }
    return new Bitmap(size, 3, rgb);
  }
}
