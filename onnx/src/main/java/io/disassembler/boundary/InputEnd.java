package io.disassembler.boundary;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import java.util.Optional;

/**
 * The image input of a network, to be given another order of axes and another type. Nodes before
 * the first layer that only undo the difference go.
 */
final class InputEnd {
  private final Network network;
  private final Value input;
  private final Rewiring rewiring;

  InputEnd(Network network, Value input) {
    this.network = network;
    this.input = input;
    rewiring = new Rewiring(network);
  }

  /**
   * The network with another input of the same name.
   *
   * @param turn from the axes that the network has images with to those that it is to have
   * @param type the pixels' type then
   */
  Network turned(Turn turn, ElementType type) {
    if (turn.isNone() && type == input.type()) {
      return network;
    }
    String inner = rewiring.fresh(input.name() + "/inner");
    rewiring.read(input.name(), inner);
    alias(input.name(), turn.from(), input.type(), turn.to(), type);
    new Turn(turn.to(), turn.from())
        .nodes(rewiring, input.name(), type, inner, input.type())
        .forEach(rewiring::before);
    Value turned =
        new Value(input.name(), type, input.dimensions().map(turn::dimensions), input.extra());
    return rewiring.network(
        network.inputs().stream().map(value -> value == input ? turned : value).toList(),
        network.outputs());
  }

  /** Lets readers of values that are as the new input read that. */
  private void alias(
      String value, AxisOrder order, ElementType type, AxisOrder wanted, ElementType wantedType) {
    for (Node reader : network.consumers(value)) {
      Move move = reader.input(0).equals(value) ? Move.of(network, reader).orElse(null) : null;
      Optional<AxisOrder> behind = move == null ? Optional.empty() : move.behind(order);
      if (move == null || behind.isEmpty()) {
        continue;
      }
      String made = reader.outputs().get(0);
      ElementType madeType = move.kind() == Move.Kind.CAST ? move.type() : type;
      if (behind.get().equals(wanted) && madeType == wantedType && !network.isOutput(made)) {
        rewiring.read(made, input.name());
      }
      alias(made, behind.get(), madeType, wanted, wantedType);
    }
  }
}
