package io.disassembler.input;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.base.Stable;
import io.disassembler.boundary.Presentation;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gives a network's inputs other than the images constants. */
@Stable
public final class FixedInputs {
  private static final long MOST_UNREAD = 1 << 20;

  private FixedInputs() {}

  /**
   * Constants as people write them: numbers separated by commas.
   *
   * @throws InvalidInputException if one is no number
   */
  public static Map<String, List<Double>> parse(Map<String, String> texts) {
    Map<String, List<Double>> values = new LinkedHashMap<>();
    texts.forEach(
        (name, text) ->
            values.put(
                name,
                Arrays.stream(text.split(",", -1)).map(number -> number(name, number)).toList()));
    return values;
  }

  private static double number(String name, String text) {
    try {
      return Double.parseDouble(text.trim());
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "constant for input '%s': expected numbers separated by commas, found \"%s\""
              .formatted(name, text),
          e,
          Setting.FIXED_INPUTS);
    }
  }

  /**
   * Tells constants apart: SHA-256 in hexadecimal, empty if there are none.
   *
   * @param values as below; one number is the same as that many of it
   */
  public static String sha256(Map<String, List<Double>> values) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (name, numbers) -> {
              Set<Double> distinct = new HashSet<>(numbers);
              text.append(name)
                  .append('=')
                  .append(distinct.size() == 1 ? List.copyOf(distinct) : numbers)
                  .append('\n');
            });
    return values.isEmpty() ? "" : Sha256.of(text.toString());
  }

  /**
   * {@code network} without the inputs named, which are weights instead. Inputs that nothing reads,
   * as tf2onnx leaves of what its optimiser has folded, are zeros beside one that is read.
   *
   * @param values for each input one number for all its elements, or one for each
   * @throws InvalidInputException if there is no such input, or it takes another number of elements
   */
  public static Network in(Network network, Map<String, List<Double>> values) {
    Map<String, Weight> constants = new LinkedHashMap<>();
    values.forEach((name, numbers) -> constants.put(name, constant(network, name, numbers)));
    List<Value> unread =
        network.inputs().stream().filter(input -> isUnread(network, input)).toList();
    if (unread.size() < network.inputs().size()) {
      for (Value input : unread) {
        constants.computeIfAbsent(input.name(), name -> constant(network, name, List.of(0.0)));
      }
    }
    return Presentation.fixed(network, constants);
  }

  /** Whether nothing comes of what the input is given, and it is not too much to give. */
  private static boolean isUnread(Network network, Value input) {
    long elements = 1;
    for (Dimension dimension : input.dimensions().orElse(List.of())) {
      elements *= dimension instanceof Dimension.Fixed fixed ? fixed.size() : 1;
      if (elements < 0 || elements > MOST_UNREAD) {
        return false;
      }
    }
    return network.consumers(input.name()).isEmpty() && !network.isOutput(input.name());
  }

  private static Weight constant(Network network, String name, List<Double> numbers) {
    Value input =
        network.inputs().stream()
            .filter(value -> value.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s: there is no input '%s'; expected one of %s"
                            .formatted(
                                network.name(),
                                name,
                                network.inputs().stream().map(Value::name).toList()),
                        Setting.FIXED_INPUTS));
    Shape shape =
        Shape.of(
            input.dimensions().orElse(List.of()).stream()
                .mapToLong(
                    dimension -> dimension instanceof Dimension.Fixed fixed ? fixed.size() : 1)
                .toArray());
    int count = Math.toIntExact(shape.elements());
    if (numbers.size() != 1 && numbers.size() != count) {
      throw new InvalidInputException(
          "%s: input '%s' is %s: expected one number, or %d, found %d"
              .formatted(network.name(), name, shape, count, numbers.size()),
          Setting.FIXED_INPUTS);
    }
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(count, input.type().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      put(raw, input.type(), numbers.get(numbers.size() == 1 ? 0 : i));
    }
    return Weight.of(name, input.type(), shape, raw.flip());
  }

  private static void put(ByteBuffer raw, ElementType type, double value) {
    switch (type) {
      case FLOAT -> raw.putFloat((float) value);
      case DOUBLE -> raw.putDouble(value);
      case INT8, UINT8 -> raw.put((byte) Math.round(value));
      case INT16, UINT16 -> raw.putShort((short) Math.round(value));
      case INT32, UINT32 -> raw.putInt((int) Math.round(value));
      case INT64, UINT64 -> raw.putLong(Math.round(value));
      case BOOL -> raw.put((byte) (value != 0 ? 1 : 0));
      case FLOAT16, BFLOAT16 ->
          throw new IllegalStateException("floats are of 32 bits by now, found " + type);
    }
  }
}
