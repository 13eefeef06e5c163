package io.disassembler.evaluation;

import io.disassembler.data.Size;

/**
 * Bilinear, of volumes trilinear, resizing of score maps without antialiasing, pixel centres at
 * half (PyTorch: {@code interpolate(mode="bilinear", align_corners=False)}; ONNX Resize: {@code
 * linear}, {@code half_pixel}): output {@code o} of an axis lies at {@code (o + 0.5) * in / out -
 * 0.5}, held within the input.
 */
final class BilinearScores {
  private BilinearScores() {}

  static NetworkOutput.Scores resize(NetworkOutput.Scores scores, Size target) {
    Size source = scores.size();
    if (source.equals(target)) {
      return scores;
    }
    Size slices =
        target.volume() ? new Size(source.slices(), target.height(), target.width()) : target;
    float[] values = slicewise(scores, slices);
    return new NetworkOutput.Scores(
        source.slices() == target.slices() ? values : between(values, slices, target),
        scores.batch(),
        scores.categories(),
        target);
  }

  /** Each slice at the height and width of {@code target}, which has as many. */
  private static float[] slicewise(NetworkOutput.Scores scores, Size target) {
    Size source = scores.size();
    Axis rows = new Axis(source.height(), target.height());
    Axis columns = new Axis(source.width(), target.width());
    int maps = scores.batch() * scores.categories() * source.slices();
    float[] values = scores.values();
    float[] resized = new float[Math.multiplyExact(maps, target.slice().area())];
    int out = 0;
    for (int map = 0; map < maps; map++) {
      int start = map * source.slice().area();
      for (int row = 0; row < target.height(); row++) {
        int upper = start + rows.before[row] * source.width();
        int lower = start + rows.after[row] * source.width();
        float down = rows.share[row];
        for (int column = 0; column < target.width(); column++) {
          int left = columns.before[column];
          int right = columns.after[column];
          float across = columns.share[column];
          float above = mix(values[upper + left], values[upper + right], across);
          float below = mix(values[lower + left], values[lower + right], across);
          resized[out++] = mix(above, below, down);
        }
      }
    }
    return resized;
  }

  /** Slices between those there are, which have the height and width wanted. */
  private static float[] between(float[] values, Size source, Size target) {
    Axis depths = new Axis(source.slices(), target.slices());
    int slice = source.slice().area();
    int volumes = values.length / source.area();
    float[] resized = new float[Math.multiplyExact(volumes, target.area())];
    for (int out = 0; out < resized.length; out++) {
      int depth = out / slice % target.slices();
      int first = out / target.area() * source.area() + out % slice;
      resized[out] =
          mix(
              values[first + depths.before[depth] * slice],
              values[first + depths.after[depth] * slice],
              depths.share[depth]);
    }
    return resized;
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
