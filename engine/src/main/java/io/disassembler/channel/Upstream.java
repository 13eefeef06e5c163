package io.disassembler.channel;

import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Looks back from a node at what it is made of. */
final class Upstream {
  private Upstream() {}

  /** What {@code known} says of the nearest value before {@code node} that it says something of. */
  static Optional<String> nearest(
      Network network, Node node, Function<String, Optional<String>> known) {
    Deque<String> ahead = new ArrayDeque<>(node.inputs());
    Set<String> seen = new HashSet<>(ahead);
    while (!ahead.isEmpty()) {
      String value = ahead.remove();
      Optional<String> found = known.apply(value);
      if (found.isPresent()) {
        return found;
      }
      network.producer(value).map(Node::inputs).orElse(List.of()).stream()
          .filter(seen::add)
          .forEach(ahead::add);
    }
    return Optional.empty();
  }
}
