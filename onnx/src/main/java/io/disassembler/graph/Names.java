package io.disassembler.graph;

import java.util.HashSet;
import java.util.Set;

/** Names that nothing in a network has yet. */
public final class Names {
  private final Set<String> taken = new HashSet<>();

  public Names(Network network) {
    network.inputs().forEach(input -> taken.add(input.name()));
    taken.addAll(network.weights().keySet());
    network.nodes().forEach(node -> taken.addAll(node.outputs()));
  }

  /** {@code wanted}, or that with a number if something is called so already. */
  public String fresh(String wanted) {
    String name = wanted;
    for (int number = 1; !taken.add(name); number++) {
      name = wanted + "_" + number;
    }
    return name;
  }
}
