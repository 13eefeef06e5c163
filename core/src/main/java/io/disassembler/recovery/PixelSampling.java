package io.disassembler.recovery;

import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Layout;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.AreaMeans;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Which pixels regressions learn from, so that every chosen category counts, however rare it is.
 * The full network's decisions say where category c is, on a share a_c of all pixels; each pixel
 * there counts w_c = 1 / (n a_c) times, n being the number of chosen categories, but at least once
 * and at most {@value #MOST} times. Half of what is drawn is drawn evenly.
 *
 * @param weights for each batch how often its pixels count, (N, 1, H, W) or (N, 1, D, H, W); empty
 *     if all count the same
 */
record PixelSampling(List<Weight> weights) {
  private static final int MOST = 8;
  private static final double EVEN = 0.5;

  PixelSampling {
    weights = List.copyOf(weights);
  }

  /**
   * Draws by what the full network decided, one category for each pixel.
   *
   * @param calibration outputs that are scores of several categories decide; by others no pixel is
   *     told from another
   * @param chosen indices of the chosen categories
   */
  static PixelSampling of(Calibration calibration, List<Integer> chosen) {
    return of(
        calibration,
        chosen.size(),
        output -> {
          Tensor winners = output.argmax(new LongOptional(1), true);
          TensorVector shown = new TensorVector();
          chosen.forEach(category -> shown.push_back(winners.eq(new Scalar((long) category))));
          return torch.cat(shown, 1);
        });
  }

  /**
   * Draws by what the full network decided of independent categories.
   *
   * @param threshold the output above which one is there
   */
  static PixelSampling of(Calibration calibration, List<Integer> chosen, double threshold) {
    long[] indices = chosen.stream().mapToLong(Integer::longValue).toArray();
    return of(
        calibration,
        indices.length,
        output ->
            output
                .index_select(1, TensorData.ofLongs(indices, indices.length))
                .gt(new Scalar(threshold)));
  }

  /**
   * @param shown makes of N x K x H x W scores where each chosen category is
   */
  private static PixelSampling of(
      Calibration calibration, int chosen, UnaryOperator<Tensor> shown) {
    boolean decides =
        calibration.batches().stream()
            .map(Calibration.Batch::output)
            .allMatch(PixelSampling::isScores);
    return decides
        ? NativeScope.in(() -> byDecision(calibration, chosen, shown))
        : new PixelSampling(List.of());
  }

  private static boolean isScores(Weight output) {
    Shape shape = output.shape();
    return output.type().isFloating() && Layout.isMaps(shape.rank()) && shape.dimension(1) > 1;
  }

  private static PixelSampling byDecision(
      Calibration calibration, int chosen, UnaryOperator<Tensor> shown) {
    List<Tensor> decisions = new ArrayList<>();
    long[] areas = new long[chosen];
    long total = 0;
    for (Calibration.Batch batch : calibration.batches()) {
      Tensor decided = shown.apply(TensorData.of(batch.output()));
      decisions.add(decided);
      total += decided.numel() / chosen;
      for (int i = 0; i < chosen; i++) {
        areas[i] += decided.select(1, i).sum().item_long();
      }
    }
    List<Weight> weights = new ArrayList<>();
    for (Tensor decided : decisions) {
      Tensor weight = torch.ones_like(decided.narrow(1, 0, 1)).to(ScalarType.Float);
      for (int i = 0; i < chosen; i++) {
        double times = (double) total / Math.max(1, areas[i]) / chosen;
        double bounded = Math.min(MOST, Math.max(1, times));
        Tensor there = decided.narrow(1, i, 1).to(ScalarType.Float);
        // Where several are, the rarest counts.
        weight = weight.maximum(there.mul(new Scalar(bounded)));
      }
      weights.add(TensorData.toWeight("", weight));
    }
    return new PixelSampling(weights);
  }

  /**
   * Draws samples of one batch, with repetition; the same every time. Where no place is told from
   * another, they are drawn at equal steps.
   *
   * @param batch index of the batch
   * @param grid values at places that lie evenly in the image, (N, C, h, w); by values of another
   *     form no place is told from another
   * @param most how many are enough; no more than there are will be drawn
   * @param samples matrices whose columns are about these places
   */
  List<Tensor> draw(int batch, Tensor grid, long most, Tensor... samples) {
    long count = Math.min(most, samples[0].size(1));
    boolean told =
        !weights.isEmpty()
            && grid.dim() == weights.get(batch).shape().rank()
            && grid.size(0) == weights.get(batch).shape().dimension(0);
    if (!told && count == samples[0].size(1)) {
      return List.of(samples);
    }
    Tensor drawn = drawn(told ? density(batch, grid) : torch.ones(samples[0].size(1)), count);
    return Arrays.stream(samples).map(columns -> columns.index_select(1, drawn)).toList();
  }

  private Tensor density(int batch, Tensor grid) {
    long[] extents = LongStream.of(TensorData.sizes(grid)).skip(2).toArray();
    Tensor places =
        AreaMeans.of(TensorData.of(weights.get(batch)), extents).reshape(-1).to(ScalarType.Double);
    return places.div(places.mean()).mul(new Scalar(1 - EVEN)).add(new Scalar(EVEN));
  }

  /** Places at equal steps along the accumulated density. */
  private static Tensor drawn(Tensor density, long count) {
    Tensor accumulated = density.to(ScalarType.Double).cumsum(0);
    long last = density.numel() - 1;
    double step = accumulated.select(0, last).item_double() / count;
    Tensor points =
        torch
            .arange(new Scalar((double) count))
            .to(ScalarType.Double)
            .add(new Scalar(0.5))
            .mul(new Scalar(step));
    return torch.searchsorted(accumulated, points).clamp_max(new Scalar(last));
  }
}
