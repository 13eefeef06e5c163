package io.disassembler.extraction;

import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.recovery.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  /** Pixels looked at, evenly spread over the images. */
  private static final int PIXELS = 1_000_000;

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
    BalanceSearch search = new BalanceSearch(2);
    long pixels =
        calibration.batches().stream().mapToLong(batch -> batch.output().shape().elements()).sum();
    long stride = Math.max(1, pixels / PIXELS);
    try (Engine engine = Engine.of(Program.parse(network), crew.settings())) {
      crew.each(
          calibration.batches().iterator(),
          batch ->
              engine.run(
                  batch.inputs(),
                  ForwardRequest.keeping(Set.of(logit)),
                  forward ->
                      new Compared(
                          besideZero(sampled(forward.value(logit), stride)),
                          decided(sampled(TensorData.of(batch.output()), stride)))),
          compared -> search.add(compared.scores(), compared.wanted()));
    }
    return search.run().constants().get(0);
  }

  /** Pixels of a batch: 0 and the logit of each, and the categories wanted. */
  private record Compared(float[] scores, int[] wanted) {}

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
