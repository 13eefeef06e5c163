package io.disassembler.recovery;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives layers weights and biases that no other node reads, so that each can be changed alone. */
final class OwnWeights {
  private OwnWeights() {}

  /**
   * A network that computes the same, in which {@code layers} have their own weights and biases.
   */
  static Anatomy give(Anatomy anatomy, List<WeightedLayer> layers) {
    Network.Builder builder = anatomy.network().toBuilder();
    Map<String, Quantized> quantized = new HashMap<>(anatomy.network().boundary().quantized());
    List<Node> nodes =
        new ArrayList<>(anatomy.program().steps().stream().map(s -> s.node()).toList());
    for (WeightedLayer layer : layers) {
      Kernels kernels = layer.kernels();
      Node node = nodes.get(layer.step());
      Weight weight = anatomy.weight(layer.step(), kernels.weight()).orElseThrow();
      node = own(anatomy, builder, quantized, node, kernels.weight(), weight, "/weight");
      if (kernels.bias().isPresent()) {
        int operand = kernels.bias().getAsInt();
        Weight bias =
            anatomy
                .weight(layer.step(), operand)
                .orElseGet(() -> zeros(kernels.count(weight.shape())));
        node = own(anatomy, builder, quantized, node, operand, bias, "/bias");
      }
      nodes.set(layer.step(), node);
    }
    return anatomy.withNetwork(
        builder
            .nodes(nodes)
            .boundary(anatomy.network().boundary().withQuantized(quantized))
            .build());
  }

  private static Node own(
      Anatomy anatomy,
      Network.Builder builder,
      Map<String, Quantized> quantized,
      Node node,
      int input,
      Weight weight,
      String suffix) {
    boolean own =
        !weight.name().isEmpty()
            && anatomy.network().consumers(weight.name()).size() == 1
            && node.inputs().stream().filter(weight.name()::equals).count() == 1;
    if (own) {
      return node;
    }
    String name = node.outputs().get(0) + suffix;
    builder.weight(weight.withName(name));
    weight.quantized().ifPresent(stored -> quantized.put(name, stored));
    return node.withInput(input, name);
  }

  private static Weight zeros(int count) {
    return Weight.ofFloats("", Shape.of(count), new float[count]);
  }
}
