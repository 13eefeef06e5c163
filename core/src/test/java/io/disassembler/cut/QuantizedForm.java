package io.disassembler.cut;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;

/** Quantises networks to 8 bits, as ONNX Runtime's tools do, after one look at random images. */
public final class QuantizedForm {
  /** How whole numbers stand in a file. */
  public enum Kind {
    /** Operators on floats between DequantizeLinear and QuantizeLinear. */
    QDQ,
    /** QLinearConv and its like. */
    OPERATORS,
    /** DynamicQuantizeLinear, ConvInteger and what turns sums into floats. */
    DYNAMIC
  }

  private static final Map<String, String> ON_INTEGERS =
      Map.of("Add", "QLinearAdd", "Concat", "QLinearConcat", "Sigmoid", "QLinearSigmoid");
  private static final int LARGEST = 127;

  private final Network network;
  private final Kind kind;
  private final boolean perChannel;
  private final Map<String, float[]> ranges;
  private final Network.Builder builder;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> floats = new HashSet<>();
  private final Set<String> integers = new HashSet<>();
  private final Map<String, String> grids = new HashMap<>();

  private QuantizedForm(
      Network network, Kind kind, boolean perChannel, Map<String, float[]> ranges) {
    this.network = network;
    this.kind = kind;
    this.perChannel = perChannel;
    this.ranges = ranges;
    builder = network.toBuilder().annotations(List.of()).opset("com.microsoft", 1);
  }

  /**
   * {@code anatomy}'s network in 8 bits.
   *
   * @param perChannel whether each kernel has a scale of its own
   * @param images what its values are observed on
   */
  public static Network of(
      Anatomy anatomy, Kind kind, boolean perChannel, Map<String, Weight> images) {
    Network network = anatomy.network();
    Set<String> values = new HashSet<>(images.keySet());
    network
        .nodes()
        .forEach(
            node ->
                node.outputs().stream()
                    .filter(value -> !value.isEmpty())
                    .filter(value -> anatomy.probe().type(value) == ElementType.FLOAT)
                    .filter(value -> anatomy.probe().shape(value).rank() == 4)
                    .forEach(values::add));
    try (Engine engine = anatomy.engine()) {
      Map<String, float[]> ranges =
          engine.run(
              images,
              ForwardRequest.keeping(values),
              forward -> {
                Map<String, float[]> found = new HashMap<>();
                for (String value : values) {
                  Tensor x = images.containsKey(value) ? null : forward.value(value);
                  float[] numbers =
                      x == null
                          ? Objects.requireNonNull(images.get(value)).floats()
                          : TensorData.floats(x);
                  found.put(value, range(numbers));
                }
                return found;
              });
      return new QuantizedForm(network, kind, perChannel, ranges).quantized();
    }
  }

  private static float[] range(float[] numbers) {
    float low = 0;
    float high = 1e-3f;
    for (float number : numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    return new float[] {low, high};
  }

  private Network quantized() {
    network.inputs().forEach(input -> floats.add(input.name()));
    for (Node node : network.nodes()) {
      boolean layer =
          node.operator().equals("Conv")
              && ranges.containsKey(node.input(0))
              && network.weight(node.input(1)).isPresent()
              && (node.input(2).isEmpty() || network.weight(node.input(2)).isPresent());
      if (layer && kind == Kind.DYNAMIC) {
        dynamic(node);
      } else if (kind == Kind.DYNAMIC) {
        nodes.add(node);
      } else if (layer && kind == Kind.OPERATORS) {
        convolution(node);
      } else if (kind == Kind.OPERATORS && isOnIntegers(node)) {
        onIntegers(node);
      } else {
        between(node, layer);
      }
    }
    if (kind != Kind.DYNAMIC) {
      network.outputs().forEach(output -> read(output.name()));
    }
    return Reachable.only(builder.nodes(nodes).build());
  }

  private boolean isOnIntegers(Node node) {
    return (ON_INTEGERS.containsKey(node.operator()) || node.operator().equals("MaxPool"))
        && node.outputs().size() == 1
        && node.inputs().stream().allMatch(ranges::containsKey)
        && ranges.containsKey(node.outputs().get(0));
  }

  private void onIntegers(Node node) {
    String made = node.outputs().get(0);
    List<String> inputs = new ArrayList<>();
    if (node.operator().equals("MaxPool")) {
      String x = whole(node.input(0));
      grids.put(made, grids.getOrDefault(node.input(0), node.input(0)));
      integers.add(made);
      nodes.add(node.withInputs(List.of(x)).withOutputs(List.of(made + ".q")));
      return;
    }
    node.inputs().forEach(value -> inputs.addAll(grid(value, whole(value))));
    List<String> result = grid(made, made + ".q").subList(1, 3);
    inputs.addAll(node.operator().equals("Concat") ? 0 : inputs.size(), result);
    integers.add(made);
    nodes.add(
        new Node(
            node.name(),
            ON_INTEGERS.getOrDefault(node.operator(), ""),
            "com.microsoft",
            inputs,
            List.of(made + ".q"),
            node.attributes(),
            Opaque.NONE));
  }

  private void convolution(Node node) {
    String made = node.outputs().get(0);
    List<String> inputs = new ArrayList<>(grid(node.input(0), whole(node.input(0))));
    float[] steps = kernels(node);
    inputs.addAll(List.of(made + ".w", made + ".ws", made + ".wz"));
    inputs.addAll(grid(made, made + ".q").subList(1, 3));
    if (!node.input(2).isEmpty()) {
      bias(node, steps);
      inputs.add(made + ".b");
    }
    integers.add(made);
    nodes.add(
        new Node(
            node.name(),
            "QLinearConv",
            "",
            inputs,
            List.of(made + ".q"),
            node.attributes(),
            Opaque.NONE));
  }

  /** A node on floats, whose results of rank 4 become whole numbers behind it. */
  private void between(Node node, boolean layer) {
    String made = node.outputs().get(0);
    List<String> inputs = new ArrayList<>(node.inputs().stream().map(this::read).toList());
    if (layer && kind == Kind.QDQ) {
      float[] steps = kernels(node);
      inputs.set(1, dequantize(List.of(made + ".w", made + ".ws", made + ".wz"), made + ".wf"));
      if (!node.input(2).isEmpty()) {
        bias(node, steps);
        inputs.set(2, dequantize(List.of(made + ".b", made + ".bs"), made + ".bf"));
      }
    }
    List<String> outputs =
        node.outputs().stream()
            .map(value -> ranges.containsKey(value) ? value + ".x" : value)
            .toList();
    nodes.add(node.withInputs(inputs).withOutputs(outputs));
    for (String value : node.outputs()) {
      if (ranges.containsKey(value)) {
        quantize(value + ".x", value);
      }
    }
  }

  private String dequantize(List<String> inputs, String to) {
    boolean several = perChannel;
    nodes.add(
        Node.of(
            to + ".n",
            "DequantizeLinear",
            inputs,
            List.of(to),
            several ? Map.of("axis", new Attribute.Int(0)) : Map.of()));
    return to;
  }

  private void dynamic(Node node) {
    String made = node.outputs().get(0);
    String x = node.input(0);
    if (integers.add(x)) {
      nodes.add(
          Node.of(
              x + ".d",
              "DynamicQuantizeLinear",
              List.of(x),
              List.of(x + ".q", x + ".s", x + ".z"),
              Map.of()));
    }
    kernels(node);
    nodes.add(
        Node.of(
            made + ".m", "Mul", List.of(x + ".s", made + ".ws"), List.of(made + ".ss"), Map.of()));
    nodes.add(
        new Node(
            node.name(),
            "ConvInteger",
            "",
            List.of(x + ".q", made + ".w", x + ".z", made + ".wz"),
            List.of(made + ".i"),
            node.attributes(),
            Opaque.NONE));
    nodes.add(
        Node.of(
            made + ".c",
            "Cast",
            List.of(made + ".i"),
            List.of(made + ".f"),
            Map.of("to", new Attribute.Int(ElementType.FLOAT.code()))));
    boolean biased = !node.input(2).isEmpty();
    nodes.add(
        Node.of(
            made + ".p",
            "Mul",
            List.of(made + ".f", made + ".ss"),
            List.of(biased ? made + ".y" : made),
            Map.of()));
    if (biased) {
      Weight bias = network.weight(node.input(2)).orElseThrow();
      builder.weight(
          Weight.of(
              made + ".b",
              ElementType.FLOAT,
              Shape.of(1, bias.shape().elements(), 1, 1),
              bias.data()));
      nodes.add(
          Node.of(made + ".a", "Add", List.of(made + ".y", made + ".b"), List.of(made), Map.of()));
    }
  }

  /** Stores a layer's kernels; the steps between their numbers. */
  private float[] kernels(Node node) {
    String made = node.outputs().get(0);
    Weight weight = network.weight(node.input(1)).orElseThrow();
    boolean several = perChannel && kind != Kind.DYNAMIC;
    int count = several ? Math.toIntExact(weight.shape().dimension(0)) : 1;
    float[] numbers = weight.floats();
    float[] steps = new float[count];
    Arrays.fill(steps, 1e-6f);
    int each = numbers.length / count;
    for (int i = 0; i < numbers.length; i++) {
      steps[i / each] = Math.max(steps[i / each], Math.abs(numbers[i]) / LARGEST);
    }
    ByteBuffer raw = ByteBuffer.allocate(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      raw.put((byte) Math.rint(numbers[i] / steps[i / each]));
    }
    Shape scales = several ? Shape.of(count) : Shape.of();
    builder.weight(Weight.of(made + ".w", ElementType.INT8, weight.shape(), raw.flip()));
    builder.weight(Weight.ofFloats(made + ".ws", scales, steps));
    builder.weight(Weight.of(made + ".wz", ElementType.INT8, scales, ByteBuffer.allocate(count)));
    return steps;
  }

  private void bias(Node node, float[] steps) {
    String made = node.outputs().get(0);
    float input = step(grids.getOrDefault(node.input(0), node.input(0)));
    float[] numbers = network.weight(node.input(2)).orElseThrow().floats();
    ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    float[] units = new float[steps.length];
    for (int i = 0; i < numbers.length; i++) {
      units[i % steps.length] = input * steps[i % steps.length];
      raw.putInt((int) Math.rint(numbers[i] / units[i % steps.length]));
    }
    builder.weight(Weight.of(made + ".b", ElementType.INT32, Shape.of(numbers.length), raw.flip()));
    builder.weight(
        Weight.ofFloats(made + ".bs", perChannel ? Shape.of(units.length) : Shape.of(), units));
  }

  private float step(String value) {
    float[] range = Objects.requireNonNull(ranges.get(value));
    return (range[1] - range[0]) / 255;
  }

  /** Names of whole numbers, scale and zero point of a value. */
  private List<String> grid(String value, String integers) {
    String from = grids.getOrDefault(value, value);
    float step = step(from);
    builder.weight(Weight.ofFloats(from + ".s", Shape.of(), step));
    byte zero = (byte) Math.rint(-Objects.requireNonNull(ranges.get(from))[0] / step);
    builder.weight(
        Weight.of(from + ".z", ElementType.UINT8, Shape.of(), ByteBuffer.wrap(new byte[] {zero})));
    return List.of(integers, from + ".s", from + ".z");
  }

  private String whole(String value) {
    if (!integers.contains(value)) {
      quantize(value, value);
    }
    return value + ".q";
  }

  private void quantize(String from, String value) {
    integers.add(value);
    List<String> grid = grid(value, value + ".q");
    nodes.add(
        Node.of(
            value + ".qn",
            "QuantizeLinear",
            List.of(from, grid.get(1), grid.get(2)),
            List.of(value + ".q"),
            Map.of()));
  }

  /** A value as floats; one that is a graph input is rounded on the way. */
  private String read(String value) {
    if (!ranges.containsKey(value)) {
      return value;
    }
    String result = network.isOutput(value) ? value : value + ".dq";
    if (floats.add(result)) {
      nodes.add(
          Node.of(
              value + ".dqn",
              "DequantizeLinear",
              grid(value, whole(value)),
              List.of(result),
              Map.of()));
    }
    return result;
  }
}
