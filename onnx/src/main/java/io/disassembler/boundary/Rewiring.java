package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes at the ends of a network, collected until {@link #network}. */
final class Rewiring {
  private static final long AXES_ARE_INPUT_SINCE = 13;

  private final Network network;
  private final List<Node> before = new ArrayList<>();
  private final List<Node> behind = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();
  private final Map<String, String> reads = new HashMap<>();
  private final Map<String, String> makes = new HashMap<>();
  private final Names names;

  Rewiring(Network network) {
    this.network = network;
    names = new Names(network);
  }

  /** {@code wanted}, or that with a number if something is called so already. */
  String fresh(String wanted) {
    return names.fresh(wanted);
  }

  /** Whoever reads {@code value} reads {@code other} instead. */
  void read(String value, String other) {
    reads.put(value, other);
  }

  /** Whoever makes {@code value} makes {@code other} instead. */
  void make(String value, String other) {
    makes.put(value, other);
    reads.put(value, other);
  }

  /** Adds a node before all others. */
  void before(Node node) {
    before.add(node);
  }

  /** Adds a node behind all others. */
  void behind(Node node) {
    behind.add(node);
  }

  Node transpose(String from, List<Long> order, String to) {
    return Node.of(
        to + "/Transpose",
        "Transpose",
        List.of(from),
        List.of(to),
        Map.of("perm", new Attribute.Ints(order)));
  }

  /** A Squeeze or an Unsqueeze of one axis. */
  Node axis(String operator, String from, long axis, String to) {
    String name = to + "/" + operator;
    if (network.opset() < AXES_ARE_INPUT_SINCE) {
      return Node.of(
          name, operator, List.of(from), List.of(to), Map.of("axes", Attribute.Ints.of(axis)));
    }
    return Node.of(name, operator, List.of(from, axes(to, axis)), List.of(to), Map.of());
  }

  /** A new weight that names one axis. */
  String axes(String near, long axis) {
    String axes = fresh(near + "/axes");
    weights.add(Weight.ofLongs(axes, axis));
    return axes;
  }

  /** The network with all changes, without what nothing needs any more. */
  Network network(Collection<Value> inputs, Collection<Value> outputs) {
    List<Node> nodes = new ArrayList<>(before);
    for (Node node : network.nodes()) {
      nodes.add(
          node.withInputs(
                  node.inputs().stream().map(value -> reads.getOrDefault(value, value)).toList())
              .withOutputs(
                  node.outputs().stream().map(value -> makes.getOrDefault(value, value)).toList()));
    }
    nodes.addAll(behind);
    Network.Builder builder = network.toBuilder().nodes(nodes).inputs(inputs).outputs(outputs);
    weights.forEach(builder::weight);
    builder.annotations(
        network.annotations().values().stream()
            .filter(value -> !reads.containsKey(value.name()) && !makes.containsValue(value.name()))
            .toList());
    return Reachable.only(builder.build());
  }
}
