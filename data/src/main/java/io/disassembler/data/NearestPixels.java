package io.disassembler.data;

/**
 * Nearest pixels of another resolution: output {@code o} of an axis is input {@code floor((o + 0.5)
 * * in / out)} in whole numbers.
 */
public final class NearestPixels {
  private NearestPixels() {}

  /**
   * For each pixel of {@code target}, row by row, the index of the pixel of {@code source} that it
   * is taken from.
   */
  public static int[] of(Size source, Size target) {
    int[] pixels = new int[target.area()];
    int out = 0;
    for (int slice = 0; slice < target.slices(); slice++) {
      int above = nearest(slice, source.slices(), target.slices()) * source.height();
      for (int row = 0; row < target.height(); row++) {
        int start = (above + nearest(row, source.height(), target.height())) * source.width();
        for (int column = 0; column < target.width(); column++) {
          pixels[out++] = start + nearest(column, source.width(), target.width());
        }
      }
    }
    return pixels;
  }

  private static int nearest(int output, int inputs, int outputs) {
    return (int) ((2L * output + 1) * inputs / (2L * outputs));
  }
}
