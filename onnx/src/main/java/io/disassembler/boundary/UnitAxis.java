package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Converters write a Transpose that moves the axis of a single category as a Reshape, which comes
 * to the same; here it becomes a Transpose again.
 */
public final class UnitAxis {
  private UnitAxis() {}

  /**
   * {@code network} with every Reshape from N x 1 x H x W to N x H x W x 1 as a Transpose.
   *
   * @param shapes the shape of every value
   */
  public static Network moved(Network network, Function<String, Shape> shapes) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      nodes.add(movesLast(node, shapes) ? transpose(node) : node);
    }
    return network.toBuilder().nodes(nodes).build();
  }

  private static boolean movesLast(Node node, Function<String, Shape> shapes) {
    if (!node.operator().equals("Reshape") || !node.domain().isEmpty()) {
      return false;
    }
    Shape from = shapes.apply(node.input(0));
    Shape to = shapes.apply(node.outputs().get(0));
    return from.rank() == 4
        && from.dimension(1) == 1
        && to.equals(Shape.of(from.dimension(0), from.dimension(2), from.dimension(3), 1));
  }

  private static Node transpose(Node node) {
    return Node.of(
        node.name(),
        "Transpose",
        List.of(node.input(0)),
        node.outputs(),
        Map.of("perm", Attribute.Ints.of(0, 2, 3, 1)));
  }
}
