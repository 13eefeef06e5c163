package io.disassembler.cut;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Shape;
import java.util.Map;
import java.util.Random;

/** The layers that segmentation networks are made of, each with random numbers. */
final class RandomLayers {
  private final RandomGraph graph;
  private final Random random;

  RandomLayers(RandomGraph graph) {
    this.graph = graph;
    this.random = graph.random;
  }

  /** A value under construction: (1, channels, size, size). */
  record Map2d(String name, int channels, int size) {
    Map2d as(String other) {
      return new Map2d(other, channels, size);
    }
  }

  int channels() {
    return 1 + random.nextInt(8);
  }

  Map2d convolution(Map2d x, int kernels, int group) {
    int kernel = random.nextBoolean() ? 3 : 1;
    Shape shape = Shape.of(kernels, x.channels() / group, kernel, kernel);
    return convolution(x, kernelWeight(shape), shape, group);
  }

  /** A convolution with a weight that others may share. */
  Map2d convolution(Map2d x, String weight, Shape shape, int group) {
    int kernels = (int) shape.dimension(0);
    String bias = random.nextInt(4) == 0 ? "" : graph.weight(Shape.of(kernels), 0.5);
    int pad = (int) shape.dimension(2) / 2;
    String y =
        graph.add(
            "Conv",
            Map.of("pads", Attribute.Ints.of(pad, pad, pad, pad), "group", integer(group)),
            x.name(),
            weight,
            bias);
    return new Map2d(
        random.nextInt(4) == 0 ? y : graph.add("Relu", Map.of(), y), kernels, x.size());
  }

  String kernelWeight(Shape shape) {
    return graph.weight(shape, 1 / Math.sqrt((double) shape.elements() / shape.dimension(0)));
  }

  Map2d depthwise(Map2d x) {
    return convolution(x, x.channels() * (1 + random.nextInt(3)), x.channels());
  }

  Map2d grouped(Map2d x) {
    int group = 2 + random.nextInt(3);
    return convolution(multipleOf(x, group), group * (1 + random.nextInt(4)), group);
  }

  Map2d transposed(Map2d x) {
    int group = 1 + random.nextInt(3);
    Map2d wide = multipleOf(x, group);
    int perGroup = 1 + random.nextInt(4);
    boolean twice = x.size() <= RandomGraph.SIZE;
    int kernel = twice ? 2 : 3;
    int pad = twice ? 0 : 1;
    String y =
        graph.add(
            "ConvTranspose",
            Map.of(
                "group", integer(group),
                "strides", Attribute.Ints.of(twice ? 2 : 1, twice ? 2 : 1),
                "pads", Attribute.Ints.of(pad, pad, pad, pad)),
            wide.name(),
            graph.weight(Shape.of(wide.channels(), perGroup, kernel, kernel), 0.4),
            graph.weight(Shape.of((long) group * perGroup), 0.5));
    return new Map2d(y, group * perGroup, twice ? 2 * x.size() : x.size());
  }

  /** Half the size. */
  Map2d pooled(Map2d x) {
    String operator = random.nextBoolean() ? "MaxPool" : "AveragePool";
    Attribute two = Attribute.Ints.of(2, 2);
    return new Map2d(
        graph.add(operator, Map.of("kernel_shape", two, "strides", two), x.name()),
        x.channels(),
        x.size() / 2);
  }

  Map2d resized(Map2d x, int size) {
    float scale = (float) size / x.size();
    Map<String, Attribute> mode =
        Map.of("mode", new Attribute.Text(random.nextBoolean() ? "nearest" : "linear"));
    String y =
        random.nextBoolean()
            ? graph.add("Resize", mode, x.name(), "", graph.floats(1, 1, scale, scale))
            : graph.add(
                "Resize", mode, x.name(), "", "", graph.integers(1, x.channels(), size, size));
    return new Map2d(y, x.channels(), size);
  }

  Map2d squeezeAndExcitation(Map2d x) {
    String pooled =
        random.nextBoolean()
            ? graph.add("GlobalAveragePool", Map.of(), x.name())
            : graph.add("ReduceMean", Map.of(), x.name(), graph.integers(2, 3));
    Map2d inner = convolution(new Map2d(pooled, x.channels(), 1), channels(), 1);
    String gate =
        graph.add(
            "Conv",
            Map.of(),
            graph.add("Relu", Map.of(), inner.name()),
            kernelWeight(Shape.of(x.channels(), inner.channels(), 1, 1)),
            graph.weight(Shape.of(x.channels()), 0.5));
    String scale = graph.add(random.nextBoolean() ? "Sigmoid" : "HardSigmoid", Map.of(), gate);
    return x.as(graph.add("Mul", Map.of(), x.name(), scale));
  }

  Map2d activated(Map2d x) {
    return x.as(
        switch (random.nextInt(5)) {
          case 0 ->
              graph.add(
                  "PRelu", Map.of(), x.name(), graph.weight(Shape.of(x.channels(), 1, 1), 0.3));
          case 1 -> graph.add("Clip", Map.of(), x.name(), graph.scalar(0.2f), graph.scalar(2));
          case 2 -> graph.add("HardSwish", Map.of(), x.name());
          case 3 -> graph.add("LeakyRelu", Map.of(), x.name());
          default -> graph.add("Sigmoid", Map.of(), x.name());
        });
  }

  Map2d normalized(Map2d x) {
    Shape each = Shape.of(x.channels());
    Map<String, Attribute> epsilon = Map.of("epsilon", new Attribute.Real(0.001f));
    return switch (random.nextInt(3)) {
      case 0 ->
          x.as(
              graph.add(
                  "BatchNormalization",
                  epsilon,
                  x.name(),
                  graph.weight(each, 0.5),
                  graph.weight(each, 0.5),
                  graph.weight(each, 0.5),
                  graph.positive(each)));
      case 1 ->
          x.as(
              graph.add(
                  "InstanceNormalization",
                  epsilon,
                  x.name(),
                  graph.weight(each, 0.5),
                  graph.weight(each, 0.5)));
      default -> groupNormalized(x);
    };
  }

  private Map2d groupNormalized(Map2d x) {
    int group = 1 + random.nextInt(3);
    Map2d wide = multipleOf(x, group);
    Shape each = Shape.of(wide.channels());
    return wide.as(
        graph.add(
            "GroupNormalization",
            Map.of("epsilon", new Attribute.Real(0.001f), "num_groups", integer(group)),
            wide.name(),
            graph.weight(each, 0.5),
            graph.weight(each, 0.5)));
  }

  /** A convolution whose weight and bias are what other nodes make of stored ones. */
  Map2d computedBias(Map2d x) {
    int kernels = channels();
    String weight =
        graph.add("Identity", Map.of(), kernelWeight(Shape.of(kernels, x.channels(), 1, 1)));
    String column = graph.weight(Shape.of(kernels, 1), 0.5);
    String flat = graph.add("Reshape", Map.of(), column, graph.integers(-1));
    String bias = graph.add("Cast", Map.of("to", integer(1)), flat);
    return new Map2d(graph.add("Conv", Map.of(), x.name(), weight, bias), kernels, x.size());
  }

  /** Every position looks at all others, by keys and queries of a few channels. */
  Map2d attention(Map2d x) {
    int area = x.size() * x.size();
    int inner = channels();
    Attribute swapped = Attribute.Ints.of(0, 2, 1);
    String queries = flattened(convolution(x, inner, 1), area);
    String keys = flattened(convolution(x, inner, 1), area);
    Map2d made = convolution(x, channels(), 1);
    String turned = graph.add("Transpose", Map.of("perm", swapped), queries);
    String scores = graph.add("MatMul", Map.of(), turned, keys);
    String shares = graph.add("Softmax", Map.of("axis", integer(-1)), scores);
    String weights = graph.add("Transpose", Map.of("perm", swapped), shares);
    String seen = graph.add("MatMul", Map.of(), flattened(made, area), weights);
    return made.as(graph.add("Reshape", Map.of(), seen, graph.integers(1, -1, x.size(), x.size())));
  }

  private String flattened(Map2d x, int area) {
    return graph.add("Reshape", Map.of(), x.name(), graph.integers(1, x.channels(), area));
  }

  Map2d shuffled(Map2d x) {
    int group = 2 + random.nextInt(2);
    Map2d wide = multipleOf(x, group);
    int each = wide.channels() / group;
    String split =
        graph.add(
            "Reshape",
            Map.of(),
            wide.name(),
            graph.integers(random.nextInt(2), group, each, x.size(), x.size()));
    String turned = graph.add("Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1, 3, 4)), split);
    long channels = random.nextBoolean() ? wide.channels() : -1;
    return wide.as(
        graph.add("Reshape", Map.of(), turned, graph.integers(1, channels, x.size(), x.size())));
  }

  Map2d depthToSpace(Map2d x) {
    Map2d wide = multipleOf(x, 4);
    Map<String, Attribute> attributes =
        Map.of(
            "blocksize",
            integer(2),
            "mode",
            new Attribute.Text(random.nextBoolean() ? "DCR" : "CRD"));
    return new Map2d(
        graph.add("DepthToSpace", attributes, wide.name()), wide.channels() / 4, 2 * x.size());
  }

  Map2d spaceToDepth(Map2d x) {
    return new Map2d(
        graph.add("SpaceToDepth", Map.of("blocksize", integer(2)), x.name()),
        4 * x.channels(),
        x.size() / 2);
  }

  /** A convolution of {@code x} to a multiple of {@code group} channels. */
  private Map2d multipleOf(Map2d x, int group) {
    return convolution(x, group * (1 + random.nextInt(4)), 1);
  }

  static Attribute integer(long value) {
    return new Attribute.Int(value);
  }
}
