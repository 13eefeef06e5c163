package io.disassembler.fullsize;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A network under construction, with random weights that keep the scale of what passes through, in
 * the form that PyTorch's exporters give it: dynamic batch, height and width, sizes computed at run
 * time.
 */
final class Draft {
  static final String IMAGE = "image";
  private static final int OPSET = 17;

  private final SplittableRandom random = new SplittableRandom(5);
  private final Network.Builder network;
  private final Map<String, Integer> channels = new HashMap<>(Map.of(IMAGE, 3));
  private int names;

  Draft(String name) {
    network =
        new Network.Builder(name)
            .opset("", OPSET)
            .input(new Value(IMAGE, ElementType.FLOAT, extents(new Dimension.Fixed(3))));
  }

  /** How a convolution goes over its input; padded so that stride 1 keeps the size. */
  record Window(int kernel, int stride, int dilation) {
    static final Window POINT = new Window(1, 1, 1);
    static final Window THREE = new Window(3, 1, 1);

    static Window dilated(int dilation) {
      return new Window(3, 1, dilation);
    }

    private Map<String, Attribute> attributes(int group) {
      long pad = (long) dilation * (kernel - 1) / 2;
      return Map.of(
          "kernel_shape", Attribute.Ints.of(kernel, kernel),
          "strides", Attribute.Ints.of(stride, stride),
          "dilations", Attribute.Ints.of(dilation, dilation),
          "pads", Attribute.Ints.of(pad, pad, pad, pad),
          "group", new Attribute.Int(group));
    }
  }

  /** Number of channels of {@code value}. */
  int channels(String value) {
    Integer found = channels.get(value);
    if (found == null) {
      throw new IllegalArgumentException(value);
    }
    return found;
  }

  /** A convolution with a bias, as BatchNormalization leaves it when it is folded. */
  String convolution(String x, int kernels, Window window) {
    return convolution(x, kernels, window, 1, 1);
  }

  String depthwise(String x, Window window) {
    return convolution(x, channels(x), window, channels(x), 1);
  }

  /** A convolution whose output is {@code gain} times as large as usual. */
  String convolution(String x, int kernels, Window window, int group, double gain) {
    int fan = channels(x) / group * window.kernel() * window.kernel();
    String weight =
        weight(
            gain * Math.sqrt(6.0 / fan),
            kernels,
            channels(x) / group,
            window.kernel(),
            window.kernel());
    return node("Conv", kernels, window.attributes(group), x, weight, weight(0.1, kernels));
  }

  /** A convolution followed by a BatchNormalization that is kept. */
  String normalized(String x, int kernels, Window window, double gain) {
    int fan = channels(x) * window.kernel() * window.kernel();
    String weight =
        weight(gain * Math.sqrt(6.0 / fan), kernels, channels(x), window.kernel(), window.kernel());
    return batchNormalization(node("Conv", kernels, window.attributes(1), x, weight));
  }

  String batchNormalization(String x) {
    int each = channels(x);
    return node(
        "BatchNormalization",
        each,
        Map.of("epsilon", new Attribute.Real(1e-5f)),
        x,
        positive(each),
        weight(0.2, each),
        weight(0.2, each),
        positive(each));
  }

  String prelu(String x) {
    return node("PRelu", channels(x), Map.of(), x, weight(0.4, channels(x), 1, 1));
  }

  /** An operator without attributes that keeps the number of channels. */
  String plain(String operator, String... inputs) {
    return node(operator, channels(inputs[0]), Map.of(), inputs);
  }

  String relu(String x) {
    return plain("Relu", x);
  }

  String pooled(String operator, String x) {
    return node(
        operator,
        channels(x),
        Map.of(
            "kernel_shape", Attribute.Ints.of(3, 3),
            "strides", Attribute.Ints.of(2, 2),
            "pads", Attribute.Ints.of(1, 1, 1, 1)),
        x);
  }

  /** Twice the size. */
  String transposed(String x, int kernels) {
    String weight = weight(Math.sqrt(6.0 / channels(x)), channels(x), kernels, 2, 2);
    return node(
        "ConvTranspose",
        kernels,
        Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2)),
        x,
        weight);
  }

  String concat(List<String> parts) {
    return node(
        "Concat",
        parts.stream().mapToInt(this::channels).sum(),
        Map.of("axis", new Attribute.Int(1)),
        parts.toArray(String[]::new));
  }

  /** {@code x} at the size of {@code like}, which is read at run time. */
  String resized(String x, String like) {
    String batchAndChannels = slice(plain("Shape", x), 0, 2);
    String size = slice(node("Shape", channels(x), Map.of(), like), 2, 4);
    String sizes =
        node("Concat", channels(x), Map.of("axis", new Attribute.Int(0)), batchAndChannels, size);
    return node(
        "Resize",
        channels(x),
        Map.of(
            "mode", new Attribute.Text("linear"),
            "coordinate_transformation_mode", new Attribute.Text("pytorch_half_pixel")),
        x,
        "",
        "",
        sizes);
  }

  private String slice(String x, long start, long end) {
    return node("Slice", channels(x), Map.of(), x, integers(start), integers(end), integers(0));
  }

  /** Ends the network. */
  Network outputs(Map<String, String> named) {
    named.forEach(
        (name, value) -> {
          network.node(Node.of(name, "Identity", List.of(value), List.of(name), Map.of()));
          network.output(
              new Value(name, ElementType.FLOAT, extents(new Dimension.Fixed(channels(value)))));
        });
    return network.build();
  }

  private String node(
      String operator, int made, Map<String, Attribute> attributes, String... inputs) {
    String output = operator.toLowerCase(java.util.Locale.ROOT) + names++;
    network.node(
        Node.of("/" + output, operator, Arrays.asList(inputs), List.of(output), attributes));
    channels.put(output, made);
    return output;
  }

  private String integers(long... values) {
    String name = "i" + names++;
    network.weight(Weight.ofLongs(name, values));
    return name;
  }

  private String positive(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.7 + 0.6 * random.nextDouble());
    }
    return store(Shape.of(count), values);
  }

  /** Uniform in [-bound, bound]. */
  private String weight(double bound, long... shape) {
    Shape extents = Shape.of(shape);
    float[] values = new float[Math.toIntExact(extents.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (bound * (2 * random.nextDouble() - 1));
    }
    return store(extents, values);
  }

  private String store(Shape shape, float[] values) {
    String name = "w" + names++;
    network.weight(Weight.ofFloats(name, shape, values));
    return name;
  }

  private static List<Dimension> extents(Dimension channels) {
    return List.of(
        new Dimension.Symbolic("n"),
        channels,
        new Dimension.Symbolic("h"),
        new Dimension.Symbolic("w"));
  }
}
