package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of floats in a network, by the names of values and weights, as far as they follow from
 * the nodes: a node makes floats of the type that it reads, unless it names another.
 */
final class FloatTypes {
  /** Operators whose operands of this place and further have types of their own. */
  private static final Map<String, Integer> OWN_TYPES_FROM =
      Map.of("Resize", 2, "Upsample", 1, "Dropout", 1, "Pad", 3);

  /** Attributes that name the type of what a node makes. */
  static final Set<String> TYPE_ATTRIBUTES = Set.of("to", "dtype", "output_dtype");

  private final Network network;
  private final Map<String, ElementType> types = new HashMap<>();

  private FloatTypes(Network network) {
    this.network = network;
  }

  /** Of the network of a file, where every weight says what it is. */
  static Map<String, ElementType> of(Network network) {
    FloatTypes found = new FloatTypes(network);
    network.inputs().forEach(input -> found.know(input.name(), input.type()));
    network.weights().values().forEach(weight -> found.know(weight.name(), weight.type()));
    network.nodes().forEach(found::follow);
    return Map.copyOf(found.types);
  }

  /**
   * Of a network in which everything is of 32 bits, from what a file had.
   *
   * @param known types in that file, by name
   */
  static Map<String, ElementType> of(Network network, Map<String, ElementType> known) {
    FloatTypes found = new FloatTypes(network);
    Set<String> names = new HashSet<>(network.weights().keySet());
    network.inputs().forEach(input -> names.add(input.name()));
    network.nodes().forEach(node -> names.addAll(node.outputs()));
    known.forEach(
        (name, type) -> {
          if (names.contains(name)) {
            found.know(name, type);
          }
        });
    for (Node node : network.nodes()) {
      found.join(node);
      found.follow(node);
    }
    return Map.copyOf(found.types);
  }

  /** Weights that are new have the type of what they work with. */
  private void join(Node node) {
    ElementType type = floats(node);
    if (type == null) {
      return;
    }
    int from = OWN_TYPES_FROM.getOrDefault(node.operator(), Integer.MAX_VALUE);
    for (int i = 0; i < node.inputs().size() && i < from; i++) {
      Optional<Weight> weight = network.weight(node.input(i));
      if (weight.isPresent() && weight.get().type().isFloating()) {
        types.putIfAbsent(node.input(i), type);
      }
    }
  }

  private void follow(Node node) {
    ElementType type = named(node);
    if (type == null) {
      type = floats(node);
    }
    if (type != null && type.isFloating()) {
      for (String made : node.outputs()) {
        types.putIfAbsent(made, type);
      }
    }
  }

  /** The type that a node names itself; null if it names none. */
  private static @Nullable ElementType named(Node node) {
    for (Map.Entry<String, Attribute> attribute : node.attributes().entrySet()) {
      if (TYPE_ATTRIBUTES.contains(attribute.getKey())
          && attribute.getValue() instanceof Attribute.Int code) {
        return ElementType.ofCode(code.value()).orElse(ElementType.INT64);
      }
      if (attribute.getValue() instanceof Attribute.Tensor tensor) {
        return tensor.value().type();
      }
    }
    return switch (node.operator()) {
      case "Shape", "Size", "ArgMax", "ArgMin", "NonZero" -> ElementType.INT64;
      case "ConstantOfShape" -> ElementType.FLOAT;
      default -> null;
    };
  }

  private @Nullable ElementType floats(Node node) {
    int first = node.operator().equals("Where") ? 1 : 0;
    int from = OWN_TYPES_FROM.getOrDefault(node.operator(), Integer.MAX_VALUE);
    for (int i = first; i < node.inputs().size() && i < from; i++) {
      ElementType type = types.get(node.input(i));
      if (type != null) {
        return type;
      }
    }
    return null;
  }

  private void know(String name, ElementType type) {
    if (type.isFloating()) {
      types.put(name, type);
    }
  }
}
