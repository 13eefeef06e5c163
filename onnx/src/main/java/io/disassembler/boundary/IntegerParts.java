package io.disassembler.boundary;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Names;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes and weights of a network in whole numbers, as they are collected. */
final class IntegerParts {
  private static final long SIXTEEN_BITS_SINCE = 21;

  private final Network network;
  private final Names names;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Weight> weights = new LinkedHashMap<>();

  IntegerParts(Network network) {
    this.network = network;
    names = new Names(network);
    for (Weight weight : network.weights().values()) {
      if (weight.quantized().isEmpty()) {
        weights.put(weight.name(), weight);
      }
    }
  }

  /** All that was collected, in place of the network's own. */
  Network network() {
    return network.toBuilder().nodes(nodes).weights(weights.values()).build();
  }

  String fresh(String wanted) {
    return names.fresh(wanted);
  }

  void add(Node node) {
    nodes.add(node);
  }

  /** The names of whole numbers, scale and zero point. */
  List<String> stored(Quantized quantized) {
    Weight zero =
        quantized
            .zeroPoint()
            .orElseGet(
                () ->
                    QuantizedWeights.integers(
                        quantized.values().name() + "_zero_point",
                        quantized.values().type(),
                        quantized.scale().shape(),
                        new long[Math.toIntExact(quantized.scale().shape().elements())]));
    return List.of(store(quantized.values()), store(quantized.scale()), store(zero));
  }

  /** Adds a QuantizeLinear that does what the FakeQuantize {@code node} does. */
  void quantize(Node node, String from, String to) {
    nodes.add(
        new Node(
            node.name(),
            "QuantizeLinear",
            domain(node.input(2)),
            List.of(from, node.input(1), node.input(2)),
            List.of(to),
            isOne(node.input(1))
                ? Map.of()
                : Map.of("axis", new Attribute.Int(FakeQuantize.axis(node))),
            Opaque.NONE));
  }

  /** Adds a DequantizeLinear of stored numbers. */
  void dequantize(Quantized stored, String to) {
    List<String> whole = new ArrayList<>(List.of(store(stored.values()), store(stored.scale())));
    stored.zeroPoint().ifPresent(zero -> whole.add(store(zero)));
    dequantize(whole, stored.axis(), to);
  }

  /**
   * Adds a DequantizeLinear.
   *
   * @param whole names of the numbers, their scale and their zero point
   * @param axis along which scales differ, if there are several
   */
  void dequantize(List<String> whole, long axis, String to) {
    nodes.add(
        new Node(
            to + "/DequantizeLinear",
            "DequantizeLinear",
            domain(whole.get(0)),
            whole,
            List.of(to),
            isOne(whole.get(1)) ? Map.of() : Map.of("axis", new Attribute.Int(axis)),
            Opaque.NONE));
  }

  /** Adds what dynamic quantisation has for {@code layer}, a Conv or MatMul with stored kernels. */
  void dynamicLayer(Node layer, String integers, String scale, String zero) {
    Quantized kernels = network.weight(layer.input(1)).flatMap(Weight::quantized).orElseThrow();
    boolean isConvolution = layer.operator().equals("Conv");
    String made = layer.outputs().get(0);
    String sums = fresh(made + "/sums");
    List<String> stored = stored(kernels);
    nodes.add(
        new Node(
            layer.name(),
            isConvolution ? "ConvInteger" : "MatMulInteger",
            "",
            List.of(integers, stored.get(0), zero, stored.get(2)),
            List.of(sums),
            layer.attributes(),
            Opaque.NONE));
    int rank = kernels.values().shape().rank();
    String factors = store(alongKernels(kernels.scale(), isConvolution ? rank : 1));
    String scales = product(List.of(scale, factors), fresh(made + "/scales"));
    String exact = fresh(made + "/cast");
    nodes.add(
        Node.of(
            exact + "/Cast",
            "Cast",
            List.of(sums),
            List.of(exact),
            Map.of("to", new Attribute.Int(ElementType.FLOAT.code()))));
    if (layer.input(2).isEmpty()) {
      product(List.of(exact, scales), made);
      return;
    }
    String scaled = product(List.of(exact, scales), fresh(made + "/scaled"));
    Weight bias = network.weights().get(layer.input(2));
    String added =
        bias == null ? layer.input(2) : store(alongKernels(bias, isConvolution ? rank : 1));
    nodes.add(Node.of(made + "/Add", "Add", List.of(scaled, added), List.of(made), Map.of()));
  }

  private String product(List<String> factors, String to) {
    nodes.add(Node.of(to + "/Mul", "Mul", factors, List.of(to), Map.of()));
    return to;
  }

  /** Numbers for each kernel, to be broadcast along axis 1 of {@code rank}. */
  private static Weight alongKernels(Weight weight, int rank) {
    if (weight.shape().elements() == 1 || rank == 1) {
      return weight;
    }
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    shape[1] = weight.shape().elements();
    return Weight.of(
        weight.name() + "/along_kernels", weight.type(), Shape.of(shape), weight.data());
  }

  /** Keeps a weight; its name, or another if something else is called so. */
  private String store(Weight weight) {
    Weight known = weights.get(weight.name());
    if (known != null && known.equals(weight)) {
      return weight.name();
    }
    String name = known == null && isFree(weight.name()) ? weight.name() : fresh(weight.name());
    weights.put(name, weight.withName(name));
    return name;
  }

  private boolean isFree(String name) {
    return fresh(name).equals(name);
  }

  private boolean isOne(String scale) {
    Weight weight = weights.get(scale);
    return weight == null || weight.shape().elements() == 1;
  }

  /** ONNX's own operators have 8 bits first, 16 only later. */
  private String domain(String integers) {
    Weight weight = weights.get(integers);
    boolean wide = weight != null && weight.type().bytes() == 2;
    return wide && network.opset() < SIXTEEN_BITS_SINCE ? QuantizedOperators.MICROSOFT : "";
  }
}
