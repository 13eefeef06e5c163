package io.disassembler.operator;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node's attributes as an operator reads them; words every complaint about them. */
public final class Attributes {
  private final String network;
  private final Node node;
  private final long opset;
  private final Set<String> read = new HashSet<>();

  public Attributes(String network, Node node, long opset) {
    this.network = network;
    this.node = node;
    this.opset = opset;
  }

  /** Version of the operator set that the node's domain is imported at. */
  public long opset() {
    return opset;
  }

  /** Number of inputs that the node lists. */
  public int inputs() {
    return node.inputs().size();
  }

  /** Number of outputs that the node lists. */
  public int outputs() {
    return node.outputs().size();
  }

  public boolean has(String key) {
    return node.attributes().containsKey(key);
  }

  public long integer(String key, long absent) {
    Long value = read(key, Attribute.Int.class, Attribute.Int::value, "an integer");
    return value == null ? absent : value;
  }

  public boolean flag(String key, boolean absent) {
    return integer(key, absent ? 1 : 0) != 0;
  }

  public float real(String key, float absent) {
    Float value = read(key, Attribute.Real.class, Attribute.Real::value, "a float");
    return value == null ? absent : value;
  }

  public String text(String key, String absent) {
    String value = read(key, Attribute.Text.class, Attribute.Text::value, "a string");
    return value == null ? absent : value;
  }

  /** One of {@code choices}; anything else is refused. */
  public String choice(String key, String absent, String... choices) {
    String value = text(key, absent);
    if (!List.of(choices).contains(value)) {
      throw refuse(key, "one of " + String.join(", ", choices), "'" + value + "'");
    }
    return value;
  }

  public long @Nullable [] integers(String key) {
    return read(
        key,
        Attribute.Ints.class,
        ints -> ints.values().stream().mapToLong(Long::longValue).toArray(),
        "integers");
  }

  public float @Nullable [] reals(String key) {
    List<Float> values = read(key, Attribute.Reals.class, Attribute.Reals::values, "floats");
    if (values == null) {
      return null;
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  public @Nullable Weight tensor(String key) {
    return read(key, Attribute.Tensor.class, Attribute.Tensor::value, "a tensor");
  }

  /** Reads and ignores attributes that change nothing about the result. */
  public void ignore(String... keys) {
    read.addAll(List.of(keys));
  }

  /** The complaint that {@code key} is not as it should be. */
  public InvalidInputException refuse(String key, String expected, String found) {
    return new InvalidInputException(
        "%s: node '%s' (%s, opset %d): attribute '%s' should be %s, found %s"
            .formatted(network, node.label(), node.operator(), opset, key, expected, found));
  }

  void refuseBefore(int version) {
    if (opset < version) {
      throw new InvalidInputException(
          "%s: node '%s' (%s): expected opset %d or newer, found opset %d; convert the model to a newer opset"
              .formatted(network, node.label(), node.operator(), version, opset));
    }
  }

  /** One of the attributes is beyond what any tensor has. */
  InvalidInputException tooLarge(ArithmeticException cause) {
    return new InvalidInputException(
        "%s: node '%s' (%s, opset %d): one of its attributes is too large: %s"
            .formatted(network, node.label(), node.operator(), opset, node.attributes()),
        cause);
  }

  void refuseUnread() {
    Set<String> unread = new TreeSet<>(node.attributes().keySet());
    unread.removeAll(read);
    if (!unread.isEmpty()) {
      throw new InvalidInputException(
          "%s: node '%s' (%s, opset %d) has attributes that we do not know: %s"
              .formatted(network, node.label(), node.operator(), opset, unread));
    }
  }

  private <A extends Attribute, T> @Nullable T read(
      String key, Class<A> kind, Function<A, T> value, String expected) {
    read.add(key);
    Attribute attribute = node.attributes().get(key);
    if (attribute == null) {
      return null;
    }
    if (!kind.isInstance(attribute)) {
      throw refuse(key, expected, attribute.getClass().getSimpleName());
    }
    return value.apply(kind.cast(attribute));
  }
}
