package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The node that stands for a QuantizeLinear and the DequantizeLinear behind it while a network is
 * worked on.
 */
final class FakeQuantize {
  private static final String NAME = "FakeQuantize";
  private static final String DOMAIN = "disassembler";
  private static final String OPERATOR = "operator";
  private static final String MOVED = "moved";

  private FakeQuantize() {}

  static boolean is(Node node) {
    return node.operator().equals(NAME) && node.domain().equals(DOMAIN);
  }

  /**
   * @param inputs floats, scale and zero point; the floats alone where each run finds the others
   * @param axis as QuantizeLinear has it
   * @param operator the operator on whole numbers that made it in the file; empty if QuantizeLinear
   *     did
   */
  static Node of(String name, List<String> inputs, String made, long axis, String operator) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("axis", new Attribute.Int(axis));
    if (!operator.isEmpty()) {
      attributes.put(OPERATOR, new Attribute.Text(operator));
    }
    return new Node(name, NAME, DOMAIN, inputs, List.of(made), attributes, Opaque.NONE);
  }

  /** Whether each run finds scale and zero point for itself. */
  static boolean isDynamic(Node node) {
    return node.inputs().size() == 1;
  }

  /** The axis along which scales differ, if there are several. */
  static long axis(Node node) {
    return node.attributes().get("axis") instanceof Attribute.Int axis ? axis.value() : 1;
  }

  /** The operator on whole numbers that made it in the file; empty if QuantizeLinear did. */
  static Optional<String> operator(Node node) {
    return node.attributes().get(OPERATOR) instanceof Attribute.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** {@code node} with the names of values that are moved whole numbers of it in the file. */
  static Node moving(Node node, List<String> values) {
    return values.isEmpty() ? node : node.withAttribute(MOVED, new Attribute.Texts(values));
  }

  /** The names of values that are moved whole numbers of it in the file. */
  static List<String> moved(Node node) {
    return node.attributes().get(MOVED) instanceof Attribute.Texts values
        ? values.values()
        : List.of();
  }
}
