package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From one order of axes to another, at one end of a network. */
record Turn(AxisOrder from, AxisOrder to) {

  /** Whether there is nothing to do. */
  boolean isNone() {
    return from.equals(to);
  }

  /** Declared extents in the other order; an axis that was not there has the extent 1. */
  List<Dimension> dimensions(List<Dimension> declared) {
    List<Dimension> turned = new ArrayList<>();
    for (long axis : from.to(to)) {
      turned.add(axis < 0 ? new Dimension.Fixed(1) : declared.get(Math.toIntExact(axis)));
    }
    return turned;
  }

  /**
   * Nodes that make {@code made} of {@code value}.
   *
   * @param type what {@code value} is
   * @param madeType what {@code made} is to be
   */
  List<Node> nodes(
      Rewiring rewiring, String value, ElementType type, String made, ElementType madeType) {
    List<Node> nodes = new ArrayList<>();
    AxisOrder order = from;
    String at = value;
    if (type != madeType) {
      String typed = rewiring.fresh(made + "/typed");
      Map<String, Attribute> to = Map.of("to", new Attribute.Int(madeType.code()));
      nodes.add(Node.of(typed + "/Cast", "Cast", List.of(at), List.of(typed), to));
      at = typed;
    }
    if (order.has('N') && !to.has('N')) {
      String single = rewiring.fresh(made + "/single");
      nodes.add(rewiring.axis("Squeeze", at, 0, single));
      at = single;
      order = order.without(0);
    }
    AxisOrder unbatched = to.has('N') && !order.has('N') ? to.without(0) : to;
    if (!order.equals(unbatched)) {
      String turned = rewiring.fresh(made + "/turned");
      nodes.add(rewiring.transpose(at, order.to(unbatched), turned));
      at = turned;
    }
    if (!unbatched.equals(to)) {
      nodes.add(rewiring.axis("Unsqueeze", at, 0, rewiring.fresh(made + "/batch")));
    }
    int last = nodes.size() - 1;
    nodes.set(last, nodes.get(last).withOutputs(List.of(made)));
    return nodes;
  }
}
