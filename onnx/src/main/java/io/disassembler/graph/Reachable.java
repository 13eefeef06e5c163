package io.disassembler.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes what no output needs. */
public final class Reachable {
  private Reachable() {}

  /** {@code network} without nodes, weights and annotations that its outputs do not depend on. */
  public static Network only(Network network) {
    Set<String> needed = new HashSet<>();
    network.outputs().forEach(output -> needed.add(output.name()));
    List<Node> nodes = new ArrayList<>();
    for (int i = network.nodes().size() - 1; i >= 0; i--) {
      Node node = network.nodes().get(i);
      if (!Collections.disjoint(needed, node.outputs())) {
        needed.addAll(node.inputs());
        nodes.add(node);
      }
    }
    Collections.reverse(nodes);
    Set<String> made = new HashSet<>(needed);
    nodes.forEach(node -> made.addAll(node.outputs()));
    return network.toBuilder()
        .nodes(nodes)
        .weights(
            network.weights().values().stream().filter(w -> needed.contains(w.name())).toList())
        .annotations(
            network.annotations().values().stream().filter(v -> made.contains(v.name())).toList())
        .build();
  }
}
