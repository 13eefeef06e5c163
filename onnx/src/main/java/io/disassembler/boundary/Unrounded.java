package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks of 8 bits without the rounding: floats that are only cut off where 8 bits end. */
final class Unrounded {
  private static final long BOUNDS_ARE_INPUTS_SINCE = 11;

  private Unrounded() {}

  static Network of(Network presented) {
    Network.Builder builder =
        presented.toBuilder().boundary(presented.boundary().withQuantized(Map.of()));
    Names names = new Names(presented);
    List<Node> nodes = new ArrayList<>();
    for (Node node : presented.nodes()) {
      nodes.add(FakeQuantize.is(node) ? unrounded(presented, node, builder, names) : node);
    }
    for (Weight weight : presented.weights().values()) {
      if (weight.quantized().isPresent()) {
        builder.weight(Weight.of(weight.name(), weight.type(), weight.shape(), weight::data));
      }
    }
    return builder.nodes(nodes).build();
  }

  private static Node unrounded(Network network, Node node, Network.Builder builder, Names names) {
    Optional<Weight> scale =
        network.weight(node.input(1)).filter(weight -> weight.shape().elements() == 1);
    Optional<Weight> zero = network.weight(node.input(2));
    List<String> floats = node.inputs().subList(0, 1);
    if (scale.isEmpty() || zero.isEmpty()) {
      return Node.of(node.name(), "Identity", floats, node.outputs(), Map.of());
    }
    ElementType type = zero.get().type();
    long centre = zero.get().integers()[0];
    float step = scale.get().floats()[0];
    float low = (QuantizedWeights.least(type) - centre) * step;
    float high = (QuantizedWeights.most(type) - centre) * step;
    if (network.opset() < BOUNDS_ARE_INPUTS_SINCE) {
      return Node.of(
          node.name(),
          "Clip",
          floats,
          node.outputs(),
          Map.of("min", new Attribute.Real(low), "max", new Attribute.Real(high)));
    }
    String least = names.fresh(node.outputs().get(0) + "/least");
    String most = names.fresh(node.outputs().get(0) + "/most");
    builder.weight(Weight.ofFloats(least, Shape.of(), low));
    builder.weight(Weight.ofFloats(most, Shape.of(), high));
    return Node.of(
        node.name(), "Clip", List.of(floats.get(0), least, most), node.outputs(), Map.of());
  }
}
