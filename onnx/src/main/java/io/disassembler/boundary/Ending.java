package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands between an output and the value that has the axes that are wanted there: moves of
 * axes, which can go, and operators that work in any order of axes, which stay. Where something
 * before a decision does not work in any order, that is the base, with the axes that it has.
 *
 * @param base the value with the wanted axes, or those that it is to be turned from
 * @param order the axes of the base
 * @param kept the operators that stay, from the output back to the base, each for the wanted axes
 * @param moves whether any move is left out
 */
record Ending(String base, AxisOrder order, List<Kept> kept, boolean moves) {
  private static final long SOFTMAX_OF_ONE_AXIS_SINCE = 13;
  private static final Set<String> ELEMENTWISE =
      Set.of(
          "Identity",
          "Cast",
          "Relu",
          "Sigmoid",
          "Tanh",
          "Clip",
          "LeakyRelu",
          "Elu",
          "Selu",
          "Exp",
          "Log",
          "Abs",
          "Neg",
          "Not",
          "Sqrt",
          "Softplus",
          "HardSigmoid",
          "HardSwish",
          "Mish",
          "Gelu",
          "Round",
          "Floor",
          "Ceil",
          "Sign",
          "Reciprocal");
  private static final Set<String> WITH_SCALAR =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Min",
          "Max",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "Equal");
  private static final Set<String> QUANTISING =
      Set.of("FakeQuantize", "QuantizeLinear", "DequantizeLinear");
  private static final Set<String> OVER_CHANNELS = Set.of("Softmax", "LogSoftmax", "Hardmax");
  private static final Set<String> EXTREMES = Set.of("ArgMax", "ArgMin");

  /**
   * @param node with its attributes for the wanted axes
   * @param input which of its inputs comes from the base
   * @param axis the axis that an input of constants names; null if none does
   */
  record Kept(Node node, int input, Optional<Long> axis) {}

  /**
   * Looks from an output back.
   *
   * @param order the output's axes
   * @param wanted the base's axes, with channels among them
   * @return empty if something in between does not work in any order
   */
  static Optional<Ending> of(Network network, String output, AxisOrder order, AxisOrder wanted) {
    return new Search(network, wanted).from(output, order);
  }

  /** One look. */
  private static final class Search {
    private final Network network;
    private final AxisOrder wanted;
    private final List<Kept> kept = new ArrayList<>();
    private boolean moves;

    Search(Network network, AxisOrder wanted) {
      this.network = network;
      this.wanted = wanted;
    }

    Optional<Ending> from(String output, AxisOrder order) {
      String value = output;
      AxisOrder at = order;
      while (!at.equals(wanted)) {
        Node node = network.producer(value).orElse(null);
        Optional<AxisOrder> before =
            node == null || !(node.domain().isEmpty() || FakeQuantize.is(node))
                ? Optional.empty()
                : before(node, at);
        if (node == null || before.isEmpty()) {
          return node != null && decides() && at.channelAxis() >= 0
              ? Optional.of(new Ending(value, at, List.copyOf(kept), moves))
              : Optional.empty();
        }
        at = before.get();
        value = node.input(computed(node));
      }
      return network.producer(value).isPresent()
          ? Optional.of(new Ending(value, at, List.copyOf(kept), moves))
          : Optional.empty();
    }

    private boolean decides() {
      return kept.stream()
          .map(stays -> stays.node().operator())
          .anyMatch(operator -> OVER_CHANNELS.contains(operator) || EXTREMES.contains(operator));
    }

    private Optional<AxisOrder> before(Node node, AxisOrder order) {
      String operator = node.operator();
      if (ELEMENTWISE.contains(operator)
          || (QUANTISING.contains(operator)
              && (node.inputs().size() == 1 || Constants.isScalar(network, node.input(1))))
          || (WITH_SCALAR.contains(operator)
              && Constants.isScalar(network, node.input(1 - computed(node))))) {
        kept.add(new Kept(node, computed(node), Optional.empty()));
        return Optional.of(order);
      }
      if (OVER_CHANNELS.contains(operator)) {
        return overChannels(node, order);
      }
      if (EXTREMES.contains(operator)) {
        return extreme(node, order);
      }
      return Move.of(network, node).flatMap(move -> moved(node, move, order));
    }

    /** Which operand is no constant. */
    private int computed(Node node) {
      return WITH_SCALAR.contains(node.operator()) && Constants.isScalar(network, node.input(0))
          ? 1
          : 0;
    }

    private Optional<AxisOrder> overChannels(Node node, AxisOrder order) {
      // Before, it normalised over all axes behind that one as well.
      if (network.opset() < SOFTMAX_OF_ONE_AXIS_SINCE
          || axis(node, -1, order.letters().length()) != order.channelAxis()) {
        return Optional.empty();
      }
      kept.add(alongChannels(node));
      return Optional.of(order);
    }

    private Optional<AxisOrder> extreme(Node node, AxisOrder order) {
      boolean keeps =
          !(node.attributes().get("keepdims") instanceof Attribute.Int keep) || keep.value() != 0;
      if (keeps) {
        if (axis(node, 0, order.letters().length()) != order.channelAxis()) {
          return Optional.empty();
        }
        kept.add(alongChannels(node));
        return Optional.of(order);
      }
      int place = axis(node, 0, order.letters().length() + 1);
      if (order.channelAxis() >= 0 || place > order.letters().length()) {
        return Optional.empty();
      }
      kept.add(alongChannels(node));
      return Optional.of(order.withChannels(place));
    }

    private Optional<AxisOrder> moved(Node node, Move move, AxisOrder order) {
      Optional<AxisOrder> before = move.before(order);
      if (before.isEmpty()) {
        return before;
      }
      if ((before.get().channelAxis() < 0) != (order.channelAxis() < 0)) {
        kept.add(new Kept(node, 0, Optional.of((long) wanted.channelAxis())));
      }
      moves = true;
      return before;
    }

    private Kept alongChannels(Node node) {
      return new Kept(
          node.withAttribute("axis", new Attribute.Int(wanted.channelAxis())), 0, Optional.empty());
    }

    /** The axis that the node names, from the front; {@code rank} if there is no such axis. */
    private static int axis(Node node, long absent, int rank) {
      long axis =
          node.attributes().get("axis") instanceof Attribute.Int named ? named.value() : absent;
      long place = axis < 0 ? axis + rank : axis;
      return place >= 0 && place < rank ? (int) place : rank;
    }
  }
}
