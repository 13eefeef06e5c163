package io.disassembler.evaluation;

import io.disassembler.data.Size;

/**
 * Score maps at another size, a row at a time, so that they never lie in memory as a whole:
 * bilinear, of volumes trilinear, without antialiasing, pixel centres at half (PyTorch: {@code
 * interpolate(mode="bilinear", align_corners=False)}; ONNX Resize: {@code linear}, {@code
 * half_pixel}). Output {@code o} of an axis lies at {@code (o + 0.5) * in / out - 0.5}, held within
 * the input. For use by one thread.
 */
final class BilinearScores {
  private final float[] values;
  private final Size source;
  private final Size target;
  private final Axis slices;
  private final Axis rows;
  private final Axis columns;
  private final float[] above;
  private final float[] below;

  BilinearScores(NetworkOutput.Scores scores, Size target) {
    this.values = scores.values();
    this.source = scores.size();
    this.target = target;
    slices = new Axis(source.slices(), target.slices());
    rows = new Axis(source.height(), target.height());
    columns = new Axis(source.width(), target.width());
    above = new float[source.width()];
    below = new float[source.width()];
  }

  /** Number of rows of a map, of volumes those of all slices. */
  int rows() {
    return target.slices() * target.height();
  }

  /**
   * One row of a map.
   *
   * @param map among those of all images, {@code image * categories + category}
   * @param row of volumes {@code slice * height + row}
   * @param into as many values as the row has
   */
  void read(int map, int row, float[] into) {
    int first = map * source.area();
    if (source.equals(target)) {
      System.arraycopy(values, first + row * source.width(), into, 0, into.length);
      return;
    }
    int slice = row / target.height();
    int line = row % target.height();
    lines(first + slices.before[slice] * source.slice().area(), line, above);
    if (slices.share[slice] > 0) {
      lines(first + slices.after[slice] * source.slice().area(), line, below);
      for (int column = 0; column < above.length; column++) {
        above[column] = mix(above[column], below[column], slices.share[slice]);
      }
    }
    for (int column = 0; column < into.length; column++) {
      into[column] =
          mix(above[columns.before[column]], above[columns.after[column]], columns.share[column]);
    }
  }

  /** The row of a slice, as wide as the source. */
  private void lines(int slice, int row, float[] into) {
    int upper = slice + rows.before[row] * source.width();
    int lower = slice + rows.after[row] * source.width();
    for (int column = 0; column < into.length; column++) {
      into[column] = mix(values[upper + column], values[lower + column], rows.share[row]);
    }
  }

  private static float mix(float first, float second, float shareOfSecond) {
    return first * (1 - shareOfSecond) + second * shareOfSecond;
  }

  /** The two inputs that each output lies between, and the second one's share. */
  private static final class Axis {
    final int[] before;
    final int[] after;
    final float[] share;

    Axis(int inputs, int outputs) {
      before = new int[outputs];
      after = new int[outputs];
      share = new float[outputs];
      for (int o = 0; o < outputs; o++) {
        double position = Math.max((o + 0.5) * inputs / outputs - 0.5, 0);
        before[o] = Math.min((int) position, inputs - 1);
        after[o] = Math.min(before[o] + 1, inputs - 1);
        share[o] = (float) (position - before[o]);
      }
    }
  }
}
