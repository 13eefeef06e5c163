package io.disassembler.cut;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes and random weights under construction, from an image (1, 3, 8, 8) to {@code logits}. */
final class RandomGraph {
  static final String IMAGE = "image";
  static final String LOGITS = "logits";
  static final int SIZE = 8;

  private static final int OPSET = 21;

  final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private int names;

  RandomGraph(Random random) {
    this.random = random;
  }

  /** Adds a node and returns the name of its output. */
  String add(String operator, Map<String, Attribute> attributes, String... inputs) {
    return add(operator, attributes, 1, inputs).get(0);
  }

  /** Adds a node and returns the names of its outputs. */
  List<String> add(
      String operator, Map<String, Attribute> attributes, int outputs, String... inputs) {
    String name = operator.toLowerCase(Locale.ROOT) + names++;
    List<String> made = IntStream.range(0, outputs).mapToObj(i -> name + "_out" + i).toList();
    nodes.add(Node.of(name, operator, List.of(inputs), made, attributes));
    return made;
  }

  /** Lets {@code value} be what the network returns. */
  void finish(String value) {
    nodes.add(Node.of("last", "Identity", List.of(value), List.of(LOGITS), Map.of()));
    outputs.add(0, new Value(LOGITS, ElementType.FLOAT, Optional.empty(), Opaque.NONE));
  }

  /** Lets the network return {@code value} as well, which others read too. */
  void alsoReturn(String value) {
    outputs.add(new Value(value, ElementType.FLOAT, Optional.empty(), Opaque.NONE));
  }

  /** Normally distributed numbers. */
  String weight(Shape shape, double scale) {
    return weight(shape, scale, 0);
  }

  /** Normally distributed numbers around {@code mean}. */
  String weight(Shape shape, double scale, double mean) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + scale * random.nextGaussian());
    }
    return store(Weight.ofFloats("w" + names++, shape, values));
  }

  /** Positive numbers, around 1. */
  String positive(Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return store(Weight.ofFloats("w" + names++, shape, values));
  }

  String floats(float... values) {
    return store(Weight.ofFloats("w" + names++, Shape.of(values.length), values));
  }

  String scalar(float value) {
    return store(Weight.ofFloats("w" + names++, Shape.of(), value));
  }

  String integers(long... values) {
    return store(Weight.ofLongs("w" + names++, values));
  }

  Shape shape() {
    return Shape.of(1, 3, SIZE, SIZE);
  }

  Network network() {
    return new Network.Builder("random.onnx")
        .opset("", OPSET)
        .input(
            new Value(
                IMAGE,
                ElementType.FLOAT,
                Arrays.stream(shape().dimensions())
                    .<Dimension>mapToObj(Dimension.Fixed::new)
                    .toList()))
        .nodes(nodes)
        .weights(weights)
        .outputs(outputs)
        .build();
  }

  @Override
  public String toString() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    weights.forEach(weight -> shapes.put(weight.name(), weight.shape()));
    return nodes.stream()
        .map(
            node ->
                node.operator()
                    + node.inputs().stream()
                        .map(input -> shapes.containsKey(input) ? input + shapes.get(input) : input)
                        .toList()
                    + " -> "
                    + node.outputs()
                    + " "
                    + node.attributes())
        .collect(Collectors.joining("\n"));
  }

  private String store(Weight weight) {
    weights.add(weight);
    return weight.name();
  }
}
