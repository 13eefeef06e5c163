package io.disassembler.explanation;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** How far what each layer of a sub-network makes is from what it makes in the full network. */
final class LayerErrors {
  private final Anatomy anatomy;
  private final Selection selection;
  private final Network cut;

  /** The channels of what each layer makes, by value; only layers that are in both networks. */
  private final Map<String, Channels> made = new LinkedHashMap<>();

  private final Map<String, Sums> sums = new HashMap<>();

  /**
   * @param cut the full network of {@code anatomy} after recovery, cut with {@code selection}
   */
  LayerErrors(Anatomy anatomy, Selection selection, Network cut) {
    this.anatomy = anatomy;
    this.selection = selection;
    this.cut = cut;
    for (int step = 0; step < anatomy.steps(); step++) {
      String value = anatomy.node(step).outputs().get(0);
      if (anatomy.kernels(step).isPresent()
          && cut.nodes().stream().anyMatch(node -> node.outputs().contains(value))) {
        made.put(
            value,
            anatomy.groups().channels(value).orElse(all(anatomy.kernels(step).get(), value)));
      }
    }
  }

  /** Channels none of which can go. */
  private Channels all(Kernels kernels, String value) {
    int axis = kernels.inputAxis();
    int[] groups = new int[Math.toIntExact(anatomy.probe().shape(value).dimension(axis))];
    Arrays.fill(groups, Channels.FIXED);
    return new Channels(axis, groups);
  }

  /**
   * Sums over places.
   *
   * @param error squared differences, over all kept channels
   * @param squares of what the full network makes, for each kept channel
   * @param total of what it makes, for each kept channel
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sums(long places, double error, double[] squares, double[] total) {
    Sums plus(Sums other) {
      double[] moreSquares = squares.clone();
      double[] moreTotal = total.clone();
      for (int k = 0; k < total.length; k++) {
        moreSquares[k] += other.squares[k];
        moreTotal[k] += other.total[k];
      }
      return new Sums(places + other.places, error + other.error, moreSquares, moreTotal);
    }

    /** The error as a share of the variance; null where there is none. */
    @Nullable Double share() {
      double variation = 0;
      for (int k = 0; k < total.length; k++) {
        variation += Math.max(0, squares[k] - total[k] * total[k] / places);
      }
      return variation > 0 ? error / variation : null;
    }
  }

  /** Runs both networks over {@code images}. */
  List<Explanation.Layer> over(List<Map<String, Weight>> images, Crew crew) {
    ForwardRequest request = ForwardRequest.keeping(made.keySet());
    try (Engine full = Engine.of(anatomy.program(), crew.settings());
        Engine small = Engine.of(Program.parse(cut), crew.settings())) {
      crew.each(
          images.iterator(),
          inputs ->
              full.run(
                  inputs,
                  request,
                  whole -> small.run(inputs, request, less -> differences(whole, less))),
          found -> found.forEach((value, more) -> sums.merge(value, more, Sums::plus)));
    }
    List<Explanation.Layer> layers = new ArrayList<>();
    made.forEach(
        (value, channels) ->
            layers.add(
                new Explanation.Layer(
                    value,
                    selection.count(channels),
                    channels.groups().length,
                    Objects.requireNonNull(sums.get(value)).share())));
    return layers;
  }

  private Map<String, Sums> differences(Forward full, Forward small) {
    Map<String, Sums> found = new HashMap<>();
    made.forEach(
        (value, channels) -> {
          long axis = channels.axis();
          long[] kept = Arrays.stream(selection.kept(channels)).asLongStream().toArray();
          Tensor whole =
              full.value(value)
                  .to(ScalarType.Double)
                  .index_select(axis, TensorData.ofLongs(kept, kept.length));
          Tensor less = small.value(value).to(ScalarType.Double);
          long[] others = LongStream.range(0, whole.dim()).filter(other -> other != axis).toArray();
          found.put(
              value,
              new Sums(
                  whole.numel() / kept.length,
                  less.sub(whole).square().sum().item_double(),
                  byChannel(whole.square(), others),
                  byChannel(whole, others)));
        });
    return found;
  }

  private static double[] byChannel(Tensor values, long[] others) {
    return TensorData.doubles(
        values.sum(others, false, new ScalarTypeOptional(ScalarType.Double)).contiguous());
  }
}
