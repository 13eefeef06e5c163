package io.disassembler.check;

import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.surgery.Verification;
import java.util.OptionalDouble;

/** Compares outputs of a network. */
final class Outputs {
  private Outputs() {}

  /**
   * The difference of {@code found} from {@code expected}.
   *
   * @param found scores (batch x categories x height x width) or categories (batch x height x
   *     width), row-major like {@code expected}
   */
  static Difference difference(NetworkOutput expected, float[] found) {
    if (expected instanceof NetworkOutput.Scores scores) {
      double relative = Verification.difference(scores.values(), found);
      boolean comparable = scores.categories() > 1 && scores.values().length == found.length;
      return new Difference(
          relative,
          comparable ? OptionalDouble.of(sameArgMax(scores, found)) : OptionalDouble.empty(),
          "");
    }
    int[] labels = ((NetworkOutput.LabelMaps) expected).values();
    if (labels.length != found.length) {
      return Difference.failed(
          "%d pixels expected, %d found".formatted(labels.length, found.length));
    }
    int same = 0;
    for (int i = 0; i < labels.length; i++) {
      same += labels[i] == found[i] ? 1 : 0;
    }
    return new Difference(0, OptionalDouble.of((double) same / labels.length), "");
  }

  private static double sameArgMax(NetworkOutput.Scores scores, float[] found) {
    int pixels = scores.size().height() * scores.size().width();
    int same = 0;
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
    return (double) same / ((double) scores.batch() * pixels);
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
