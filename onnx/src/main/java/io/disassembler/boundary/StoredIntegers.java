package io.disassembler.boundary;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The weights that a network stores as whole numbers, as the floats that they stand for. */
final class StoredIntegers {
  private final Network network;
  private final Names names;
  private final Map<String, Quantized> rounded = new HashMap<>();
  private final Map<String, Weight> made = new LinkedHashMap<>();

  StoredIntegers(Network network, Names names) {
    this.network = network;
    this.names = names;
  }

  /** The floats made so far, by name. */
  Map<String, Weight> made() {
    return Collections.unmodifiableMap(made);
  }

  /** Takes a QuantizeLinear of a stored weight; false if it is something else. */
  boolean quantize(Node node) {
    String result = node.outputs().get(0);
    boolean onlyDequantised =
        network.consumers(result).stream()
            .allMatch(
                reader ->
                    reader.operator().equals("DequantizeLinear")
                        || QuantizedOperators.of(reader).isPresent());
    Optional<Weight> floats = floats(node.input(0));
    Optional<Weight> scale = scale(node, 1);
    Optional<Weight> zero = Constants.of(network, node.input(2));
    if (floats.isEmpty()
        || scale.isEmpty()
        || !onlyDequantised
        || zero.isEmpty() != node.input(2).isEmpty()) {
      return false;
    }
    int axis = axis(node, scale.get(), floats.get().shape());
    rounded.put(
        result,
        QuantizedWeights.rounded(
            floats.get(),
            result,
            zero.map(Weight::type).orElseGet(() -> type(network, node)),
            scale.get(),
            zero,
            axis));
    return true;
  }

  /** Takes a DequantizeLinear of a stored weight; false if it is something else. */
  boolean dequantize(Node node) {
    Optional<Weight> values = values(node.input(0));
    Optional<Weight> scale = scale(node, 1);
    Optional<Weight> zero = zero(node, 2);
    String result = node.outputs().get(0);
    if (values.isEmpty()
        || scale.isEmpty()
        || zero.isEmpty() != node.input(2).isEmpty()
        || network.isOutput(result)) {
      return false;
    }
    int axis = axis(node, scale.get(), values.get().shape());
    made.put(result, new Quantized(values.get(), scale.get(), zero, axis).floats(result));
    return true;
  }

  /**
   * The floats of an operand that is stored, by name.
   *
   * @param at where the whole numbers are among the node's inputs; scale and zero point are behind
   * @param layer the operator on floats, where the operand is its kernels
   */
  Optional<String> operand(Node node, int at, @Nullable Node layer) {
    return operand(node, node.input(at), scale(node, at + 1), zero(node, at + 2), layer);
  }

  /** The floats of stored kernels, by name; empty where not all of it is stored. */
  Optional<String> operand(
      Node node,
      String integers,
      Optional<Weight> scale,
      Optional<Weight> zero,
      @Nullable Node layer) {
    Optional<Weight> values = values(integers);
    if (values.isEmpty() || scale.isEmpty()) {
      return Optional.empty();
    }
    int rank = values.get().shape().rank();
    boolean several = scale.get().shape().elements() > 1;
    if (several && layer == null) {
      return Optional.empty();
    }
    int axis =
        several && layer != null ? QuantizedOperators.kernelAxis(layer, rank) : Quantized.NO_AXIS;
    requireCount(node, scale.get(), values.get().shape(), axis);
    String name = names.fresh(integers + "/floats");
    made.put(name, new Quantized(values.get(), scale.get(), zero, axis).floats(name));
    return Optional.of(name);
  }

  /**
   * The floats of an int32 bias.
   *
   * @param scales names of the operands' scales
   */
  String bias(Node node, int at, List<Integer> scales) {
    if (node.input(at).isEmpty()) {
      return "";
    }
    Weight values = values(node.input(at)).orElseThrow();
    float[] first = scale(node, scales.get(0)).orElseThrow().floats();
    float[] second = scale(node, scales.get(1)).orElseThrow().floats();
    float[] products = new float[second.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = first[0] * second[i];
    }
    String name = names.fresh(node.input(at) + "/floats");
    Weight scale =
        Weight.ofFloats(
            values.name() + "_scale",
            products.length == 1 ? Shape.of() : Shape.of(products.length),
            products);
    int axis = products.length == 1 ? Quantized.NO_AXIS : 0;
    requireCount(node, scale, values.shape(), axis);
    made.put(name, new Quantized(values, scale, Optional.empty(), axis).floats(name));
    return name;
  }

  /** Whether input {@code at} is stored. */
  boolean isStored(Node node, int at) {
    return values(node.input(at)).isPresent() || floats(node.input(at)).isPresent();
  }

  private Optional<Weight> values(String name) {
    Quantized own = rounded.get(name);
    return own != null
        ? Optional.of(own.values())
        : Constants.of(network, name)
            .filter(weight -> isWhole(weight.type()))
            .map(weight -> weight.withName(name));
  }

  private Optional<Weight> floats(String name) {
    return Constants.of(network, name)
        .filter(weight -> weight.type() == ElementType.FLOAT)
        .map(weight -> weight.withName(name));
  }

  private Optional<Weight> zero(Node node, int at) {
    String name = node.input(at);
    return Constants.of(network, name).map(weight -> weight.withName(name));
  }

  /** The scale that a node reads, which must be positive. */
  private Optional<Weight> scale(Node node, int at) {
    Optional<Weight> scale = floats(node.input(at));
    if (scale.isPresent()) {
      for (float step : scale.get().floats()) {
        if (!(step > 0 && Float.isFinite(step))) {
          throw new InvalidInputException(
              "%s: node '%s' (%s): scale '%s' should be positive, found %s; quantise the model again"
                  .formatted(network.name(), node.label(), node.operator(), node.input(at), step));
        }
      }
    }
    return scale;
  }

  private int axis(Node node, Weight scale, Shape shape) {
    if (scale.shape().elements() == 1) {
      return Quantized.NO_AXIS;
    }
    long named = node.attributes().get("axis") instanceof Attribute.Int axis ? axis.value() : 1;
    long front = named < 0 ? named + shape.rank() : named;
    int axis = (int) Math.max(0, Math.min(front, shape.rank() - 1L));
    requireCount(node, scale, shape, axis);
    return axis;
  }

  private void requireCount(Node node, Weight scale, Shape shape, int axis) {
    if (axis != Quantized.NO_AXIS && scale.shape().elements() != shape.dimension(axis)) {
      throw new InvalidInputException(
          "%s: node '%s' (%s): expected 1 scale or %d, one for each index along axis %d of %s, found %s"
              .formatted(
                  network.name(),
                  node.label(),
                  node.operator(),
                  shape.dimension(axis),
                  axis,
                  shape,
                  scale.shape()));
    }
  }

  private static boolean isWhole(ElementType type) {
    return switch (type) {
      case INT8, UINT8, INT16, UINT16, INT32 -> true;
      default -> false;
    };
  }

  /** Whether all elements of a zero point are 0. */
  static boolean isZero(Weight point) {
    for (long number : point.integers()) {
      if (number != 0) {
        return false;
      }
    }
    return true;
  }

  /** What a QuantizeLinear without a zero point makes. */
  static ElementType type(Network network, Node node) {
    long code =
        node.attributes().get("output_dtype") instanceof Attribute.Int type ? type.value() : 0;
    return code == 0
        ? ElementType.UINT8
        : ElementType.ofCode(code)
            .filter(StoredIntegers::isWhole)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "%s: node '%s' (%s): attribute 'output_dtype' should be whole numbers of 8 or 16 bits, found type %d"
                            .formatted(network.name(), node.label(), node.operator(), code)));
  }

  /** Scales for blocks along an axis are not read. */
  static void refuseBlocks(Network network, Node node) {
    if (node.attributes().get("block_size") instanceof Attribute.Int size && size.value() != 0) {
      throw new InvalidInputException(
          "%s: node '%s' (%s): attribute 'block_size' should be 0 (one scale, or one for each channel), found %d; quantise the model without blocks"
              .formatted(network.name(), node.label(), node.operator(), size.value()));
    }
  }
}
