package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import java.util.List;
import java.util.Optional;

/** The first output of a network, to be given another order of axes. */
final class OutputEnd {
  private static final long AXES_ARE_INPUT_SINCE = 13;

  private final Network network;
  private final Value output;
  private final Rewiring rewiring;

  OutputEnd(Network network) {
    this.network = network;
    output = network.outputs().get(0);
    rewiring = new Rewiring(network);
  }

  /**
   * The network with another output of the same name. Moves of axes at its end that the turn undoes
   * go, also from between operators that work in any order of axes.
   *
   * @param turn from the axes that the output has to those that it is to have
   * @param wanted the axes before a decision that has no channels any more
   */
  Network turned(Turn turn, AxisOrder wanted) {
    Optional<Ending> ending = Ending.of(network, output.name(), turn.from(), wanted);
    boolean changes = ending.map(end -> end.moves() || !end.order().equals(wanted)).orElse(false);
    if (turn.isNone() && !changes) {
      return network;
    }
    if (ending.isPresent()) {
      end(ending.get(), wanted);
    } else {
      String inner = rewiring.fresh(output.name() + "/inner");
      rewiring.make(output.name(), inner);
      turn.nodes(rewiring, inner, output.type(), output.name(), output.type())
          .forEach(rewiring::behind);
    }
    Value turned =
        new Value(
            output.name(),
            output.type(),
            output.dimensions().map(turn::dimensions),
            output.extra());
    return rewiring.network(
        network.inputs(),
        network.outputs().stream().map(value -> value.equals(output) ? turned : value).toList());
  }

  private void end(Ending ending, AxisOrder wanted) {
    List<Ending.Kept> kept = ending.kept();
    if (kept.isEmpty()) {
      rewiring.make(output.name(), rewiring.fresh(output.name() + "/inner"));
      rewiring.make(ending.base(), output.name());
      return;
    }
    rewiring.make(output.name(), rewiring.fresh(output.name() + "/inner"));
    String value = ending.base();
    Turn turn = new Turn(ending.order(), wanted);
    if (!turn.isNone()) {
      value = rewiring.fresh(ending.base() + "/turned");
      turn.nodes(rewiring, ending.base(), ElementType.FLOAT, value, ElementType.FLOAT)
          .forEach(rewiring::behind);
    }
    for (int i = kept.size() - 1; i >= 0; i--) {
      String made = i == 0 ? output.name() : rewiring.fresh(kept.get(i).node().outputs().get(0));
      rewiring.behind(again(kept.get(i), value, made));
      value = made;
    }
  }

  private Node again(Ending.Kept kept, String value, String made) {
    Node node = kept.node().withInput(kept.input(), value).withOutputs(List.of(made));
    if (kept.axis().isEmpty()) {
      return node;
    }
    long axis = kept.axis().get();
    return network.opset() < AXES_ARE_INPUT_SINCE
        ? node.withAttribute("axes", Attribute.Ints.of(axis))
        : node.withInput(1, rewiring.axes(made, axis));
  }
}
