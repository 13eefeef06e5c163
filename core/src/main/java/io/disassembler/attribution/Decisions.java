package io.disassembler.attribution;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What a network decides on some images, and how far another one's decisions are from it. */
public final class Decisions {
  private final Logits logits;
  private final DecisionScores scores;
  private final List<Map<String, Weight>> images;
  private final List<Weight> full;
  private final long count;

  /**
   * Runs the full network on all images.
   *
   * @param logits of the full network
   * @param images inputs of the network in batches
   * @param crew runs it
   */
  public Decisions(
      Anatomy anatomy,
      Logits logits,
      DecisionScores scores,
      List<Map<String, Weight>> images,
      Crew crew) {
    this.logits = logits;
    this.scores = scores;
    this.images = images;
    full = of(anatomy.network(), crew);
    count = full.stream().mapToLong(scored -> scored.shape().dimension(0)).sum();
  }

  /**
   * Mean Kullback-Leibler divergence over the images of what {@code cut} decides from what the full
   * network does, nats per image.
   *
   * @param cut a network with the full network's values, or some channels of them
   * @param crew runs it
   */
  public double divergence(Network cut, Crew crew) {
    List<Double> found = new ArrayList<>();
    try (Engine engine = Engine.of(logits.program(cut), crew.settings())) {
      crew.each(
          IntStream.range(0, images.size()).boxed().iterator(),
          batch ->
              engine.run(
                  images.get(batch),
                  ForwardRequest.keeping(Set.of(logits.value())),
                  forward ->
                      divergence(
                          logProbabilities(TensorData.of(full.get(batch))),
                          logProbabilities(scores.of(forward.value(logits.value()))))),
          found::add);
    }
    return found.stream().mapToDouble(Double::doubleValue).sum() / count;
  }

  private List<Weight> of(Network network, Crew crew) {
    List<Weight> found = new ArrayList<>();
    try (Engine engine = Engine.of(logits.program(network), crew.settings())) {
      crew.each(
          images.iterator(),
          inputs ->
              engine.run(
                  inputs,
                  ForwardRequest.keeping(Set.of(logits.value())),
                  forward ->
                      TensorData.toWeight(
                          logits.value(), scores.of(forward.value(logits.value())))),
          found::add);
    }
    return found;
  }

  /** Of each decision the logarithms of what adds up to 1. */
  private static Tensor logProbabilities(Tensor scores) {
    return scores.to(ScalarType.Double).log_softmax(1);
  }

  private static double divergence(Tensor truth, Tensor found) {
    return truth.exp().mul(truth.sub(found)).sum().item_double();
  }
}
