package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.extraction.BalanceSearch;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network's scores beside the full network's decisions on images held out. */
final class HeldOutDecisions {
  /** Pixels of one image that are looked at, evenly spread. */
  private static final int PIXELS = 10_000;

  private final DecisionScores scores;
  private final BalanceSearch search;

  HeldOutDecisions(DecisionScores scores) {
    this.scores = scores;
    // The search takes category 0 for none of the chosen.
    search = new BalanceSearch(scores.count() + 1 - scores.firstChosen());
  }

  /**
   * Some pixels of an image.
   *
   * @param found scores
   * @param wanted for each pixel what the full network decides
   */
  record Pixels(float[] found, int[] wanted) {}

  void add(Pixels pixels) {
    search.add(pixels.found(), pixels.wanted());
  }

  /**
   * Looks at images, inside a native scope of the caller.
   *
   * @param found N x scores x h x w
   * @param wanted the full network's probabilities, of the same shape
   */
  static Pixels pixels(DecisionScores scores, Tensor found, Tensor wanted) {
    Tensor decided = byPixel(wanted).argmax(new LongOptional(1), false);
    int[] decisions =
        Arrays.stream(TensorData.longs(decided))
            .mapToInt(score -> Math.toIntExact(score + 1 - scores.firstChosen()))
            .toArray();
    Tensor values = byPixel(found);
    if (scores.firstChosen() == 0) {
      values =
          torch.constant_pad_nd(values, new long[] {1, 0}, new Scalar(Float.NEGATIVE_INFINITY));
    }
    return new Pixels(TensorData.floats(values), decisions);
  }

  /** Some of the pixels: pixels x scores. */
  private static Tensor byPixel(Tensor maps) {
    Tensor all = maps.movedim(1, -1).reshape(-1, maps.size(1));
    long stride = Math.max(1, all.size(0) / PIXELS / maps.size(0));
    Tensor some = torch.arange(new Scalar(0), new Scalar(all.size(0)), new Scalar(stride));
    return all.index_select(0, some.to(ScalarType.Long));
  }

  /** Mean IoU of the chosen categories that occur, with the balance that suits best. */
  double agreement() {
    return scores.canBalance() ? search.run().agreement() : agreement(List.of());
  }

  /**
   * The same with a balance.
   *
   * @param constants one for each chosen category; empty for none
   */
  double agreement(List<Double> constants) {
    return search.agreement(
        constants.isEmpty()
            ? Collections.nCopies(scores.count() - scores.firstChosen(), 0.0)
            : constants);
  }
}
