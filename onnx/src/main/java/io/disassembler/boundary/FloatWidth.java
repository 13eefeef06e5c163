package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Floats of other widths, all of them in 32 bits, and back. */
final class FloatWidth {
  private FloatWidth() {}

  /**
   * {@code network} with all its floats in 32 bits; itself if it has no others. 64 bits inside a
   * network of 32, in which exporters compute sizes, stay.
   */
  static Network widened(Network network) {
    Map<String, ElementType> types = FloatTypes.of(network);
    if (types.values().stream().allMatch(type -> type == ElementType.FLOAT)
        || (types.values().stream().noneMatch(FloatWidth::isNarrow)
            && !hasDoubleKernels(network))) {
      return network;
    }
    return turned(network, name -> ElementType.FLOAT, (node, type) -> ElementType.FLOAT).toBuilder()
        .boundary(network.boundary().withTypes(types))
        .build();
  }

  /** {@code network} with floats as its file had them. */
  static Network restored(Network network) {
    Map<String, ElementType> known = network.boundary().types();
    if (known.isEmpty()) {
      return network;
    }
    Map<String, ElementType> types = FloatTypes.of(network, known);
    Network restored =
        turned(
            network,
            name -> types.getOrDefault(name, ElementType.FLOAT),
            (node, type) -> known.getOrDefault(node.outputs().get(0), type));
    // What is new behind a Cast at the end goes on in the type that it read.
    Map<String, ElementType> made = FloatTypes.of(restored);
    return restored.toBuilder()
        .outputs(
            restored.outputs().stream()
                .map(value -> turned(value, name -> made.getOrDefault(name, value.type())))
                .toList())
        .build();
  }

  private static boolean isNarrow(ElementType type) {
    return type == ElementType.FLOAT16 || type == ElementType.BFLOAT16;
  }

  private static boolean hasDoubleKernels(Network network) {
    return network.weights().values().stream()
        .anyMatch(weight -> weight.type() == ElementType.DOUBLE && weight.shape().rank() > 1);
  }

  /** What a node that names a type is to name instead. */
  private interface Named {
    ElementType type(Node node, ElementType named);
  }

  private static Network turned(Network network, Function<String, ElementType> types, Named named) {
    List<Node> nodes = network.nodes().stream().map(node -> turned(node, named)).toList();
    return network.toBuilder()
        .inputs(network.inputs().stream().map(value -> turned(value, types)).toList())
        .outputs(network.outputs().stream().map(value -> turned(value, types)).toList())
        .annotations(
            network.annotations().values().stream().map(value -> turned(value, types)).toList())
        .weights(
            network.weights().values().stream()
                .map(
                    weight ->
                        weight.type().isFloating()
                            ? FloatElements.as(weight, types.apply(weight.name()))
                            : weight)
                .toList())
        .nodes(nodes)
        .build();
  }

  private static Value turned(Value value, Function<String, ElementType> types) {
    return value.type().isFloating()
        ? new Value(value.name(), types.apply(value.name()), value.dimensions(), value.extra())
        : value;
  }

  private static Node turned(Node node, Named named) {
    Node turned = node;
    for (Map.Entry<String, Attribute> attribute : node.attributes().entrySet()) {
      if (attribute.getValue() instanceof Attribute.Tensor tensor
          && tensor.value().type().isFloating()) {
        ElementType type = named.type(node, tensor.value().type());
        turned =
            turned.withAttribute(
                attribute.getKey(), new Attribute.Tensor(FloatElements.as(tensor.value(), type)));
      } else if (FloatTypes.TYPE_ATTRIBUTES.contains(attribute.getKey())
          && attribute.getValue() instanceof Attribute.Int code) {
        ElementType type = ElementType.ofCode(code.value()).orElse(null);
        if (type != null && type.isFloating()) {
          turned =
              turned.withAttribute(
                  attribute.getKey(), new Attribute.Int(named.type(node, type).code()));
        }
      }
    }
    return turned;
  }
}
