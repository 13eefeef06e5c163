package io.disassembler.training;

import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a full network and a sub-network are compared in training: at the logits, as they are
 * before the network enlarges them, which saves the work of enlarging and its gradients.
 *
 * @param name the value, which both have, or are given
 * @param type its element type
 * @param logits of the full network
 */
record ComparedValue(String name, ElementType type, Logits logits) {
  private static final Set<String> ENLARGING = Set.of("Resize", "Upsample");

  /** The value of {@code full}. */
  static ComparedValue of(Anatomy full) {
    Logits logits = Logits.of(full);
    String value = logits.value();
    Optional<Node> maker = full.network().producer(value);
    while (maker.filter(node -> enlarges(node, full)).isPresent()) {
      value = maker.get().input(0);
      maker = full.network().producer(value);
    }
    String known = logits.added().isPresent() ? logits.source() : value;
    return new ComparedValue(value, full.probe().type(known), logits);
  }

  /** Whether the output is those logits, enlarged or not, and nothing made of them. */
  boolean isOutput() {
    return logits.value().equals(logits.output());
  }

  private static boolean enlarges(Node node, Anatomy full) {
    if (!ENLARGING.contains(node.operator())) {
      return false;
    }
    Shape small = full.probe().shape(node.input(0));
    Shape large = full.probe().shape(node.outputs().get(0));
    return small.dimension(0) == large.dimension(0)
        && small.dimension(1) == large.dimension(1)
        && small.dimension(2) <= large.dimension(2)
        && small.dimension(3) <= large.dimension(3);
  }

  /** The part of {@code network} that makes it. */
  Network endOf(Network network) {
    Value output = new Value(name, type, List.of()).withoutDimensions();
    return Reachable.only(
        logits.program(network).network().toBuilder().outputs(List.of(output)).build());
  }
}
