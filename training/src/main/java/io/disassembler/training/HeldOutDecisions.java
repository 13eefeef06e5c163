package io.disassembler.training;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.data.NetworkCard;
import io.disassembler.extraction.BalanceSearch;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network's scores beside the full network's decisions on images held out. */
final class HeldOutDecisions {
  /** Pixels of one image that are looked at, evenly spread, shared by the decisions at a pixel. */
  private static final int PIXELS = 10_000;

  private final DecisionScores scores;
  private final NetworkCard card;
  private final List<Decided> decisions;

  /**
   * @param card of the full network
   */
  HeldOutDecisions(DecisionScores scores, NetworkCard card) {
    this.scores = scores;
    this.card = card;
    decisions =
        IntStream.range(0, scores.decisions())
            .mapToObj(decision -> new Decided(scores.competing()))
            .toList();
  }

  /** One of the decisions at a pixel, on all images. */
  private static final class Decided {
    private final BalanceSearch search;
    private boolean shown;

    Decided(int competing) {
      // The search takes category 0 for none of the chosen.
      search = new BalanceSearch(competing + 1);
    }

    void add(Pixels pixels) {
      search.add(pixels.found(), pixels.wanted());
      shown |= Arrays.stream(pixels.wanted()).anyMatch(category -> category > 0);
    }
  }

  /**
   * Some pixels of an image.
   *
   * @param found scores
   * @param wanted for each pixel what the full network decides
   */
  record Pixels(float[] found, int[] wanted) {}

  /** Adds what {@link #pixels} made of an image. */
  void add(List<Pixels> ofEach) {
    for (int i = 0; i < ofEach.size(); i++) {
      decisions.get(i).add(ofEach.get(i));
    }
  }

  /**
   * Looks at images, inside a native scope of the caller; adds nothing.
   *
   * @param found N x scores x decisions x h x w
   * @param wanted the full network's probabilities, of the same shape
   * @return for each decision
   */
  List<Pixels> pixels(Tensor found, Tensor wanted) {
    Tensor theirs = scores.atThresholds(wanted.log(), card);
    Tensor ours = scores.atThresholds(found, card);
    return IntStream.range(0, decisions.size())
        .mapToObj(i -> new Pixels(values(ours.select(2, i)), decided(theirs.select(2, i))))
        .toList();
  }

  private int[] decided(Tensor maps) {
    return Arrays.stream(TensorData.longs(byPixel(maps).argmax(new LongOptional(1), false)))
        .mapToInt(score -> Math.toIntExact(score + 1 - scores.firstChosen()))
        .toArray();
  }

  private float[] values(Tensor maps) {
    Tensor values = byPixel(maps);
    return TensorData.floats(
        scores.firstChosen() == 0
            ? torch.constant_pad_nd(values, new long[] {1, 0}, new Scalar(Float.NEGATIVE_INFINITY))
            : values);
  }

  /** Some of the pixels: pixels x scores. */
  private Tensor byPixel(Tensor maps) {
    Tensor all = maps.movedim(1, -1).reshape(-1, maps.size(1));
    long stride = Math.max(1, all.size(0) * decisions.size() / PIXELS / maps.size(0));
    Tensor some = torch.arange(new Scalar(0), new Scalar(all.size(0)), new Scalar(stride));
    return all.index_select(0, some.to(ScalarType.Long));
  }

  /** Mean IoU of the chosen categories that occur, with the balance that suits best. */
  double agreement() {
    return scores.canBalance()
        ? mean(decision -> decisions.get(decision).search.run().agreement())
        : agreement(List.of());
  }

  /**
   * The same with a balance.
   *
   * @param constants one for each chosen category; empty for none
   */
  double agreement(List<Double> constants) {
    int each = scores.competing();
    return mean(
        decision ->
            decisions
                .get(decision)
                .search
                .agreement(
                    constants.isEmpty()
                        ? Collections.nCopies(each, 0.0)
                        : constants.subList(decision * each, (decision + 1) * each)));
  }

  /** Over the decisions for which there is something to find; 0 if there is none. */
  private double mean(IntToDoubleFunction agreement) {
    return IntStream.range(0, decisions.size())
        .filter(decision -> decisions.get(decision).shown)
        .mapToDouble(agreement)
        .average()
        .orElse(0);
  }
}
