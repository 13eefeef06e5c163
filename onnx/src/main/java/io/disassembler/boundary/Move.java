package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a node that only moves axes, or changes the type, does to the order of axes.
 *
 * @param kind which node it is
 * @param axes a Transpose's order; else the one axis that comes or goes
 * @param type what a Cast makes
 */
record Move(Kind kind, List<Long> axes, ElementType type) {
  enum Kind {
    TRANSPOSE,
    SQUEEZE,
    UNSQUEEZE,
    CAST
  }

  /** What {@code node} does; empty if that is more, or cannot be told. */
  static Optional<Move> of(Network network, Node node) {
    if (!node.domain().isEmpty()) {
      return Optional.empty();
    }
    return switch (node.operator()) {
      case "Transpose" ->
          node.attributes().get("perm") instanceof Attribute.Ints order
              ? Optional.of(new Move(Kind.TRANSPOSE, order.values(), ElementType.FLOAT))
              : Optional.empty();
      case "Squeeze" -> axis(network, node).map(a -> new Move(Kind.SQUEEZE, a, ElementType.FLOAT));
      case "Unsqueeze" ->
          axis(network, node).map(a -> new Move(Kind.UNSQUEEZE, a, ElementType.FLOAT));
      case "Cast" ->
          node.attributes().get("to") instanceof Attribute.Int to
              ? ElementType.ofCode(to.value()).map(type -> new Move(Kind.CAST, List.of(), type))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The order behind the node; empty if it does not fit the order before. */
  Optional<AxisOrder> behind(AxisOrder order) {
    int rank = order.letters().length();
    return switch (kind) {
      case TRANSPOSE -> isOrderOf(rank) ? Optional.of(order.transposed(axes)) : Optional.empty();
      case SQUEEZE -> place(rank).map(order::without);
      case UNSQUEEZE -> place(rank + 1).filter(order::canTake).map(order::with);
      case CAST -> Optional.of(order);
    };
  }

  /** The order before the node; empty if it does not fit the order behind. */
  Optional<AxisOrder> before(AxisOrder order) {
    int rank = order.letters().length();
    return switch (kind) {
      case TRANSPOSE -> isOrderOf(rank) ? Optional.of(order.untransposed(axes)) : Optional.empty();
      case SQUEEZE -> place(rank + 1).filter(order::canTake).map(order::with);
      case UNSQUEEZE -> place(rank).map(order::without);
      case CAST -> Optional.of(order);
    };
  }

  private boolean isOrderOf(int rank) {
    return axes.stream().sorted().toList().equals(LongStream.range(0, rank).boxed().toList());
  }

  /** The axis of a Squeeze or an Unsqueeze, from the front. */
  private Optional<Integer> place(int rank) {
    long axis = axes.get(0) < 0 ? axes.get(0) + rank : axes.get(0);
    return axis >= 0 && axis < rank ? Optional.of(Math.toIntExact(axis)) : Optional.empty();
  }

  private static Optional<List<Long>> axis(Network network, Node node) {
    List<Long> axes = new ArrayList<>();
    if (node.attributes().get("axes") instanceof Attribute.Ints named) {
      axes.addAll(named.values());
    } else {
      Constants.of(network, node.input(1))
          .filter(weight -> weight.type() == ElementType.INT64)
          .ifPresent(
              weight -> {
                for (long axis : weight.longs()) {
                  axes.add(axis);
                }
              });
    }
    return axes.size() == 1 ? Optional.of(List.copyOf(axes)) : Optional.empty();
  }
}
