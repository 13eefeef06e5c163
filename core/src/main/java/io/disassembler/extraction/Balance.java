package io.disassembler.extraction;

import io.disassembler.data.CategoryMapping;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.recovery.Calibration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How much to add to each chosen category's scores so that the sub-network takes neither too many
 * nor too few pixels for it: what is lost in a cut weakens some categories more than others. The
 * constants are those that bring the sub-network's decisions nearest to the full network's on
 * calibration images, by the mean IoU of the chosen categories; no labels.
 */
final class Balance {
  /** Pixels looked at, evenly spread over the images. */
  private static final int PIXELS = 1_000_000;

  private Balance() {}

  /**
   * One constant for each chosen category.
   *
   * @param network the sub-network with its head, not balanced
   * @param calibration the full network's answers
   * @param output the network's output
   * @param crew runs the network
   */
  static List<Double> of(
      Network network, CategoryMapping mapping, Calibration calibration, String output, Crew crew) {
    long stride = stride(calibration, mapping.source().size());
    return of(
        network,
        output,
        mapping.chosen().size() + 1,
        calibration,
        crew,
        (found, full) ->
            new Compared(
                TensorData.floats(sampled(found, stride)),
                mapping.apply(winners(sampled(full, stride)))));
  }

  /**
   * Pixels of a batch.
   *
   * @param scores found, pixels x categories
   * @param wanted the categories that they should get
   */
  record Compared(float[] scores, int[] wanted) {}

  /**
   * One constant for each category but the first, which is none of the chosen.
   *
   * @param value of the network, that is compared
   * @param compare takes it, and the full network's output
   */
  static List<Double> of(
      Network network,
      String value,
      int categories,
      Calibration calibration,
      Crew crew,
      BiFunction<Tensor, Tensor, Compared> compare) {
    BalanceSearch search = new BalanceSearch(categories);
    compare(
        network,
        value,
        calibration,
        crew,
        compare,
        compared -> search.add(compared.scores(), compared.wanted()));
    return search.run().constants();
  }

  /**
   * Compares what a network makes with the full network's output, batch by batch in their order.
   *
   * @param value of the network, that is compared
   * @param compare takes it, and the full network's output
   * @param found takes what comes of it
   */
  static <T> void compare(
      Network network,
      String value,
      Calibration calibration,
      Crew crew,
      BiFunction<Tensor, Tensor, T> compare,
      Consumer<T> found) {
    try (Engine engine = Engine.of(Program.parse(network), crew.settings())) {
      crew.each(
          calibration.batches().iterator(),
          batch ->
              engine.run(
                  batch.inputs(),
                  ForwardRequest.keeping(Set.of(value)),
                  forward -> compare.apply(forward.value(value), TensorData.of(batch.output()))),
          found);
    }
  }

  /** Every how many-th pixel is looked at, of outputs with so many channels. */
  static long stride(Calibration calibration, int channels) {
    long elements =
        calibration.batches().stream().mapToLong(batch -> batch.output().shape().elements()).sum();
    return Math.max(1, elements / channels / PIXELS);
  }

  /** Every {@code stride}-th pixel of N x K x H x W scores: pixels x K. */
  private static Tensor sampled(Tensor scores, long stride) {
    Tensor byPixel = scores.movedim(1, -1).reshape(-1, scores.size(1));
    long count = (byPixel.size(0) + stride - 1) / stride;
    Tensor indices =
        org.bytedeco.pytorch.global.torch.arange(new Scalar(count)).mul(new Scalar(stride));
    return byPixel.index_select(0, indices.to(org.bytedeco.pytorch.global.torch.ScalarType.Long));
  }

  private static int[] winners(Tensor byPixel) {
    long[] winners =
        NativeScope.in(
            () ->
                TensorData.longs(byPixel.argmax(new org.bytedeco.pytorch.LongOptional(1), false)));
    int[] result = new int[winners.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (int) winners[i];
    }
    return result;
  }
}
