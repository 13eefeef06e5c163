package io.disassembler.extraction;

import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import io.disassembler.recovery.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * The {@link Balance} of a network with one category: a constant that is added to its logit, before
 * what decides, so that the sub-network takes neither too many nor too few pixels for it.
 *
 * @param logit the value that it is added to, N x 1 x H x W
 * @param output the output that is decided, of the same extents
 * @param threshold the output above which the category is there
 */
record LogitShift(String logit, String output, double threshold) {
  /** Where it is added; empty if there is more than one category, or no logit is known. */
  static Optional<LogitShift> of(Anatomy anatomy) {
    String output = anatomy.network().outputs().get(0).name();
    Logits logits = Logits.of(anatomy, output);
    Shape shape = anatomy.probe().shape(logits.source());
    return logits.categories() == 1
            && logits.added().isEmpty()
            && anatomy.network().producer(logits.source()).isPresent()
            && anatomy.probe().type(logits.source()) == ElementType.FLOAT
            && shape.elements() == anatomy.probe().shape(output).elements()
        ? Optional.of(new LogitShift(logits.source(), output, logits.threshold()))
        : Optional.empty();
  }

  /**
   * The constant that brings decisions nearest to the full network's.
   *
   * @param calibration the full network's answers
   * @param crew runs the network
   */
  double best(Network network, Calibration calibration, Crew crew) {
    long stride = Balance.stride(calibration, 1);
    return Balance.of(
            network,
            logit,
            2,
            calibration,
            crew,
            (found, full) ->
                new Balance.Compared(
                    besideZero(sampled(found, stride)), decided(sampled(full, stride))))
        .get(0);
  }

  private static float[] sampled(Tensor maps, long stride) {
    Tensor all = maps.reshape(-1);
    return TensorData.floats(
        all.index_select(0, TensorData.ofLongs(every(stride, all.numel()), -1)));
  }

  private static long[] every(long stride, long count) {
    long[] places = new long[Math.toIntExact((count + stride - 1) / stride)];
    for (int i = 0; i < places.length; i++) {
      places[i] = i * stride;
    }
    return places;
  }

  private static float[] besideZero(float[] logits) {
    float[] scores = new float[2 * logits.length];
    for (int i = 0; i < logits.length; i++) {
      scores[2 * i + 1] = logits[i];
    }
    return scores;
  }

  private int[] decided(float[] outputs) {
    int[] decisions = new int[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      decisions[i] = outputs[i] > threshold ? 1 : 0;
    }
    return decisions;
  }

  /** {@code network} with a constant added; itself for 0. */
  Network added(Network network, double constant) {
    if (constant == 0) {
      return network;
    }
    String raw = unused(network, logit + "/raw");
    String weight = unused(network, logit + "/balance");
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      boolean makes = node.outputs().contains(logit);
      nodes.add(
          makes
              ? node.withOutputs(
                  node.outputs().stream().map(o -> o.equals(logit) ? raw : o).toList())
              : node);
      if (makes) {
        nodes.add(Node.of(logit + "/Add", "Add", List.of(raw, weight), List.of(logit), Map.of()));
      }
    }
    return network.toBuilder()
        .nodes(nodes)
        .weight(Weight.ofFloats(weight, Shape.of(1), new float[] {(float) constant}))
        .build();
  }

  private static String unused(Network network, String name) {
    String candidate = name;
    while (network.producer(candidate).isPresent() || network.weights().containsKey(candidate)) {
      candidate += "_";
    }
    return candidate;
  }
}
