package io.disassembler.check;

import io.disassembler.evaluation.NetworkOutput;
import java.util.Optional;

/** Compares outputs of a network with what ONNX Runtime returned. */
final class Outputs {
  private Outputs() {}

  /**
   * The difference of {@code found} from {@code expected}.
   *
   * @param found scores (batch x categories x height x width) or category numbers (batch x height x
   *     width), row-major like {@code expected}
   */
  static Difference difference(NetworkOutput expected, float[] found) {
    if (expected instanceof NetworkOutput.Scores scores) {
      boolean comparable = scores.categories() > 1 && scores.values().length == found.length;
      return new Difference(
          TrialRun.difference(scores.values(), found),
          comparable ? Optional.of(agreement(scores, found)) : Optional.empty(),
          "");
    }
    int[] numbers = ((NetworkOutput.LabelMaps) expected).values();
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers[i];
    }
    return Difference.ofNumbers(values, found);
  }

  private static Agreement agreement(NetworkOutput.Scores scores, float[] found) {
    int pixels = scores.size().height() * scores.size().width();
    long same = 0;
    for (int image = 0; image < scores.batch(); image++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        int first = image * scores.categories() * pixels + pixel;
        same +=
            argMax(scores.values(), first, pixels, scores.categories())
                    == argMax(found, first, pixels, scores.categories())
                ? 1
                : 0;
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
