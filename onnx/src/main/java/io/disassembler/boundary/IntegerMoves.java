package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import java.util.List;
import java.util.Set;

/**
 * Operators that hand on numbers as they are, or the largest of some: they do the same to whole
 * numbers as to what these stand for, if all operands have the same scale.
 */
final class IntegerMoves {
  private static final Set<String> FIRST_INPUT =
      Set.of(
          "MaxPool",
          "Reshape",
          "Transpose",
          "Squeeze",
          "Unsqueeze",
          "Flatten",
          "Identity",
          "Slice",
          "Gather",
          "Expand",
          "Tile",
          "Split",
          "DepthToSpace",
          "SpaceToDepth",
          "Resize",
          "Upsample");

  private IntegerMoves() {}

  static boolean is(Node node) {
    return node.domain().isEmpty()
        && !isBlend(node)
        && (node.operator().equals("Concat") || FIRST_INPUT.contains(node.operator()));
  }

  /**
   * Whether {@code node} makes numbers that lie between those that it reads, at the same scale, and
   * rounds them.
   */
  static boolean isBlend(Node node) {
    return node.domain().isEmpty()
        && Set.of("Resize", "Upsample").contains(node.operator())
        && !isNearest(node);
  }

  /** The inputs that are handed on. */
  static List<String> moved(Node node) {
    return node.operator().equals("Concat") ? node.inputs() : node.inputs().subList(0, 1);
  }

  private static boolean isNearest(Node node) {
    return !(node.attributes().get("mode") instanceof Attribute.Text mode)
        || mode.value().equals("nearest");
  }
}
