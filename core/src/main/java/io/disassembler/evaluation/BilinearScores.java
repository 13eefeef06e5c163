package io.disassembler.evaluation;

import io.disassembler.data.Size;

/**
 * Bilinear resizing of score maps without antialiasing, pixel centres at half (PyTorch: {@code
 * interpolate(mode="bilinear", align_corners=False)}; ONNX Resize: {@code linear}, {@code
 * half_pixel}): output {@code o} of an axis lies at {@code (o + 0.5) * in / out - 0.5}, held within
 * the input.
 */
final class BilinearScores {
  private BilinearScores() {}

  static NetworkOutput.Scores resize(NetworkOutput.Scores scores, Size target) {
    Size source = scores.size();
    if (source.equals(target)) {
      return scores;
    }
    Axis rows = new Axis(source.height(), target.height());
    Axis columns = new Axis(source.width(), target.width());
    int maps = scores.batch() * scores.categories();
    float[] values = scores.values();
    float[] resized = new float[Math.multiplyExact(maps, target.area())];
    int out = 0;
    for (int map = 0; map < maps; map++) {
      int start = map * source.area();
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
    return new NetworkOutput.Scores(resized, scores.batch(), scores.categories(), target);
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
