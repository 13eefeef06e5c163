package io.disassembler.check;

import io.disassembler.evaluation.NetworkOutput;
import java.util.Optional;

/** Compares outputs of a network with what ONNX Runtime returned. */
final class Outputs {
  private static final float FLAT = 1e-2f;

  private Outputs() {}

  /**
   * The difference of {@code found} from {@code expected}.
   *
   * @param found scores (batch x categories x height x width) or category numbers (batch x height x
   *     width), row-major like {@code expected}
   * @param tolerance the largest relative difference that rounding explains; categories whose
   *     scores are no further apart are the same
   */
  static Difference difference(NetworkOutput expected, float[] found, double tolerance) {
    if (expected instanceof NetworkOutput.Scores scores) {
      boolean comparable = scores.categories() > 1 && scores.values().length == found.length;
      return new Difference(
          TrialRun.difference(scores.values(), found),
          comparable
              ? Optional.of(agreement(scores, found, tolerance * range(scores.values())))
              : Optional.empty(),
          "",
          tolerance,
          "");
    }
    return Difference.ofNumbers(values(expected), found);
  }

  /** Scores, or category numbers. */
  static float[] values(NetworkOutput output) {
    if (output instanceof NetworkOutput.Scores scores) {
      return scores.values();
    }
    int[] numbers = ((NetworkOutput.LabelMaps) output).values();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return values;
  }

  /** Whether probabilities are almost the same everywhere and say next to nothing. */
  static boolean isFlat(float[] values) {
    return range(values) < FLAT;
  }

  /** From the lowest to the highest. */
  private static float range(float[] values) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }

  /**
   * Whether probabilities differ by no more than {@code apart}, or at least a share {@code same} of
   * category numbers are equal.
   */
  static boolean agree(NetworkOutput expected, float[] found, float apart, double same) {
    float[] values = values(expected);
    if (values.length != found.length) {
      return false;
    }
    if (expected instanceof NetworkOutput.LabelMaps) {
      return Difference.ofNumbers(values, found).agreement().orElseThrow().share() >= same;
    }
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i] - found[i]) <= apart)) {
        return false;
      }
    }
    return true;
  }

  private static Agreement agreement(NetworkOutput.Scores scores, float[] found, double tie) {
    int pixels = scores.size().area();
    float[] values = scores.values();
    long same = 0;
    for (int image = 0; image < scores.batch(); image++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int first = image * scores.categories() * pixels + pixel;
        int wanted = argMax(values, first, pixels, scores.categories());
        int got = argMax(found, first, pixels, scores.categories());
        // The score may have moved by the tolerance, and that of the other against it.
        same += values[first + wanted * pixels] - values[first + got * pixels] <= 2 * tie ? 1 : 0;
      }
    }
    return new Agreement(same, (long) scores.batch() * pixels);
  }

  private static int argMax(float[] values, int first, int step, int categories) {
    int best = 0;
    for (int category = 1; category < categories; category++) {
      if (values[first + category * step] > values[first + best * step]) {
        best = category;
      }
    }
    return best;
  }
}
