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
  private static final String READ_AS_INTEGERS = "read_as_integers";

  private FakeQuantize() {}

  static boolean is(Node node) {
    return node.operator().equals(NAME) && node.domain().equals(DOMAIN);
  }

  /**
   * @param inputs floats, scale and zero point; the floats alone where each run finds the others
   * @param axis as QuantizeLinear has it
   * @param operator the operator on whole numbers that made it in the file; empty if QuantizeLinear
   *     did
   * @param integers whether others than DequantizeLinear read it in the file
   */
  static Node of(
      String name,
      List<String> inputs,
      String made,
      long axis,
      String operator,
      boolean integers) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("axis", new Attribute.Int(axis));
    if (!operator.isEmpty()) {
      attributes.put(OPERATOR, new Attribute.Text(operator));
    }
    if (integers) {
      attributes.put(READ_AS_INTEGERS, new Attribute.Int(1));
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

  static boolean isReadAsIntegers(Node node) {
    return node.attributes().containsKey(READ_AS_INTEGERS);
  }
}
