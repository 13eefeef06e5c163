package io.disassembler.boundary;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Layers of dynamic quantisation, as ONNX Runtime writes them: a DynamicQuantizeLinear, a
 * ConvInteger or MatMulInteger with stored kernels, a Cast of its sums, and the products of the
 * scales and with the sums.
 */
final class DynamicLayers {
  private final Map<Node, Node> roundings = new HashMap<>();
  private final Map<Node, Node> layers = new HashMap<>();
  private final Set<Node> between = new HashSet<>();

  /**
   * One layer.
   *
   * @param integer the operator on whole numbers
   * @param nodes all that belongs to it, but the rounding and the last
   * @param last makes the floats
   * @param scale of the kernels, one number or one for each
   */
  private record Layer(Node integer, List<Node> nodes, Node last, Weight scale) {}

  private DynamicLayers() {}

  /** Those of {@code network}; their kernels are put among {@code stored}. */
  static DynamicLayers of(Network network, StoredIntegers stored) {
    DynamicLayers found = new DynamicLayers();
    for (Node node : network.nodes()) {
      if (node.operator().equals("DynamicQuantizeLinear") && node.domain().isEmpty()) {
        found.take(network, node, stored);
      }
    }
    return found;
  }

  /** Adds what stands for {@code node}; false if it is in no such layer. */
  boolean read(Node node, List<Node> nodes) {
    Node rounding = roundings.get(node);
    Node standIn = rounding == null ? layers.get(node) : rounding;
    if (standIn == null) {
      return between.contains(node);
    }
    nodes.add(standIn);
    return true;
  }

  private void take(Network network, Node rounding, StoredIntegers stored) {
    String integers = rounding.outputs().get(0);
    List<Optional<Layer>> all =
        network.consumers(integers).stream().map(node -> layer(network, rounding, node)).toList();
    Set<Node> owned = new HashSet<>();
    all.forEach(
        layer ->
            layer.ifPresent(
                found -> {
                  owned.add(found.integer());
                  owned.addAll(found.nodes());
                }));
    boolean allKnown =
        !all.isEmpty()
            && all.stream().allMatch(Optional::isPresent)
            && rounding.outputs().stream()
                .allMatch(
                    made -> !network.isOutput(made) && owned.containsAll(network.consumers(made)));
    if (!allKnown) {
      return;
    }
    roundings.put(rounding, FakeQuantize.of(rounding.name(), rounding.inputs(), integers, 1, ""));
    between.addAll(owned);
    all.stream()
        .flatMap(Optional::stream)
        .forEach(layer -> layers.put(layer.last(), plain(network, layer, integers, stored)));
  }

  private static Optional<Layer> layer(Network network, Node rounding, Node integer) {
    boolean fits =
        List.of("ConvInteger", "MatMulInteger").contains(integer.operator())
            && integer.domain().isEmpty()
            && integer.input(0).equals(rounding.outputs().get(0))
            && integer.input(2).equals(rounding.outputs().get(2))
            && Constants.of(network, integer.input(1)).isPresent()
            && (integer.input(3).isEmpty() || Constants.of(network, integer.input(3)).isPresent());
    Optional<Node> cast =
        fits ? reader(network, integer.outputs().get(0), "Cast") : Optional.empty();
    Optional<Node> last = cast.flatMap(node -> reader(network, node.outputs().get(0), "Mul"));
    if (last.isEmpty()) {
      return Optional.empty();
    }
    String scales = other(last.get(), cast.orElseThrow().outputs().get(0));
    Node product = network.producer(scales).orElse(null);
    if (product == null
        || !product.operator().equals("Mul")
        || reader(network, scales, "Mul").isEmpty()
        || !product.inputs().contains(rounding.outputs().get(1))) {
      return Optional.empty();
    }
    String own = other(product, rounding.outputs().get(1));
    return Constants.of(network, own)
        .filter(weight -> weight.type() == ElementType.FLOAT)
        .map(
            weight ->
                new Layer(
                    integer,
                    List.of(cast.get(), product),
                    last.get(),
                    Weight.ofFloats(
                        own,
                        weight.shape().elements() == 1
                            ? weight.shape()
                            : Shape.of(weight.shape().elements()),
                        weight.floats())));
  }

  private static Node plain(Network network, Layer layer, String integers, StoredIntegers stored) {
    Node node = layer.integer();
    String operator = node.operator().equals("ConvInteger") ? "Conv" : "MatMul";
    Node plain =
        new Node(
            node.name(),
            operator,
            "",
            List.of(),
            layer.last().outputs(),
            node.attributes(),
            Opaque.NONE);
    Optional<Weight> zero =
        Constants.of(network, node.input(3)).map(weight -> weight.withName(node.input(3)));
    String kernels =
        stored
            .operand(node, node.input(1), Optional.of(layer.scale()), spread(zero, layer), plain)
            .orElseThrow();
    return plain.withInputs(List.of(integers, kernels));
  }

  /** As many zero points as there are scales. */
  private static Optional<Weight> spread(Optional<Weight> zero, Layer layer) {
    int scales = Math.toIntExact(layer.scale().shape().elements());
    if (zero.isEmpty() || zero.get().shape().elements() == scales) {
      return zero;
    }
    long[] same = new long[scales];
    Arrays.fill(same, zero.get().integers()[0]);
    return Optional.of(
        QuantizedWeights.integers(
            zero.get().name(), zero.get().type(), layer.scale().shape(), same));
  }

  /** The one node that reads {@code value}, if it is an {@code operator}. */
  private static Optional<Node> reader(Network network, String value, String operator) {
    List<Node> readers = network.consumers(value);
    return readers.size() == 1
            && readers.get(0).operator().equals(operator)
            && !network.isOutput(value)
        ? Optional.of(readers.get(0))
        : Optional.empty();
  }

  private static String other(Node product, String operand) {
    return product.input(product.input(0).equals(operand) ? 1 : 0);
  }
}
