package io.disassembler.surgery;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A random convolutional network that ends in a classifier: layers of the kinds that segmentation
 * networks are made of, joined by sums and concatenations, everything from one seed.
 */
final class RandomNetwork {
  private static final int SIZE = 8;

  /** A value under construction. */
  record Map2d(String name, int channels, int size) {}

  final Random random;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();
  private final List<Map2d> made = new ArrayList<>();
  private int names;

  private RandomNetwork(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  static RandomNetwork generate(long seed) {
    RandomNetwork result = new RandomNetwork(seed);
    Map2d current = new Map2d("image", 3, SIZE);
    current = result.convolution(current, result.channels(), 1);
    int layers = 3 + result.random.nextInt(6);
    for (int i = 0; i < layers; i++) {
      current = result.layer(current);
      result.made.add(current);
    }
    result.classifier(current);
    return result;
  }

  Shape shape() {
    return Shape.of(1, 3, SIZE, SIZE);
  }

  Network network() {
    List<Dimension> unknown = List.of();
    Network.Builder builder =
        new Network.Builder("random.onnx")
            .opset("", 17)
            .input(
                new Value(
                    "image",
                    ElementType.FLOAT,
                    List.of(
                        new Dimension.Fixed(1),
                        new Dimension.Fixed(3),
                        new Dimension.Fixed(SIZE),
                        new Dimension.Fixed(SIZE))))
            .nodes(nodes)
            .weights(weights);
    return builder.output(new Value("logits", ElementType.FLOAT, unknown)).build();
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
                        .map(input -> input + shapes.getOrDefault(input, Shape.of()))
                        .toList()
                    + " -> "
                    + node.outputs()
                    + " "
                    + node.attributes())
        .collect(Collectors.joining("\n"));
  }

  private Map2d layer(Map2d x) {
    return switch (random.nextInt(8)) {
      case 0 -> residual(x);
      case 1 -> concatenation(x);
      case 2 ->
          new Map2d(
              add("Concat", Map.of("axis", integer(1)), x.name(), x.name()),
              2 * x.channels(),
              x.size());
      case 3 -> convolution(x, x.channels(), x.channels());
      case 4 -> grouped(x);
      case 5 -> scaled(x);
      case 6 -> reused(x);
      default -> convolution(x, channels(), 1);
    };
  }

  private Map2d residual(Map2d x) {
    Map2d branch = convolution(convolution(x, channels(), 1), x.channels(), 1);
    return new Map2d(add("Add", Map.of(), x.name(), branch.name()), x.channels(), x.size());
  }

  private Map2d concatenation(Map2d x) {
    Map2d branch = convolution(x, channels(), 1);
    return new Map2d(
        add(
            "Concat",
            Map.of("axis", integer(random.nextBoolean() ? 1 : -3)),
            branch.name(),
            x.name()),
        x.channels() + branch.channels(),
        x.size());
  }

  private Map2d grouped(Map2d x) {
    int group = 2 + random.nextInt(3);
    Map2d wide = convolution(x, group * (1 + random.nextInt(4)), 1);
    return convolution(wide, group * (1 + random.nextInt(4)), group);
  }

  /** A bias and a scale that are added as constants of one of the shapes that broadcast. */
  private Map2d scaled(Map2d x) {
    Shape shape =
        switch (random.nextInt(4)) {
          case 0 -> Shape.of(x.channels(), 1, 1);
          case 1 -> Shape.of(1, x.channels(), 1, 1);
          case 2 -> Shape.of();
          default -> Shape.of(1, x.channels(), x.size(), x.size());
        };
    return new Map2d(add("Add", Map.of(), weight(shape, 0.5), x.name()), x.channels(), x.size());
  }

  /** Sums with an earlier value of the same shape, if there is one. */
  private Map2d reused(Map2d x) {
    for (Map2d earlier : made) {
      if (earlier.channels() == x.channels() && earlier.size() == x.size()) {
        return new Map2d(add("Add", Map.of(), earlier.name(), x.name()), x.channels(), x.size());
      }
    }
    return convolution(x, channels(), 1);
  }

  private Map2d convolution(Map2d x, int kernels, int group) {
    int kernel = random.nextBoolean() ? 3 : 1;
    Shape shape = Shape.of(kernels, x.channels() / group, kernel, kernel);
    String w = weight(shape, 1 / Math.sqrt((double) shape.elements() / kernels));
    String b = random.nextInt(4) == 0 ? "" : weight(Shape.of(kernels), 0.5);
    int pad = kernel / 2;
    String y =
        add(
            "Conv",
            Map.of("pads", Attribute.Ints.of(pad, pad, pad, pad), "group", integer(group)),
            x.name(),
            w,
            b);
    return new Map2d(random.nextInt(4) == 0 ? y : add("Relu", Map.of(), y), kernels, x.size());
  }

  private void classifier(Map2d x) {
    String w = weight(Shape.of(4, x.channels(), 1, 1), 0.5);
    nodes.add(Node.of("classifier", "Conv", List.of(x.name(), w), List.of("logits"), Map.of()));
  }

  private int channels() {
    return 1 + random.nextInt(8);
  }

  private String add(String operator, Map<String, Attribute> attributes, String... inputs) {
    String name = operator.toLowerCase(java.util.Locale.ROOT) + names++;
    nodes.add(Node.of(name, operator, List.of(inputs), List.of(name + "_out"), attributes));
    return name + "_out";
  }

  private String weight(Shape shape, double scale) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    String name = "w" + names++;
    weights.add(Weight.ofFloats(name, shape, values));
    return name;
  }

  private static Attribute integer(long value) {
    return new Attribute.Int(value);
  }
}
