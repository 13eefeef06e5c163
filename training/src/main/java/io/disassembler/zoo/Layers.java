package io.disassembler.zoo;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;

/**
 * Writes a network down layer by layer, at opset 18. Nodes are named after the module that
 * torchvision, or the library whose network it is, would have there, and weights after its
 * parameters ({@code NAME.weight}).
 */
final class Layers {
  /** Name of the image input, N x 3 x H x W, all but the channels open. */
  static final String IMAGE = "image";

  private static final float EPSILON = 1e-5f;
  private static final long OPSET = 18;
  private static final Map<String, Attribute> WINDOW_OF_TWO =
      Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2));

  private final Initialization initialization;
  private final Network.Builder builder;
  private final float momentum;

  /**
   * @param momentum weight of the old running statistics in each update
   */
  Layers(String name, Initialization initialization, float momentum) {
    this.initialization = initialization;
    this.momentum = momentum;
    builder =
        new Network.Builder(name)
            .opset("", OPSET)
            .input(new Value(IMAGE, ElementType.FLOAT, spatial(3)));
  }

  /** The image. */
  Features image() {
    return new Features(IMAGE, 3);
  }

  /** A convolution without bias. */
  Features convolution(String name, Features x, Convolution convolution) {
    String weight = kernel(name, x, convolution);
    return convolution(name, convolution, List.of(x.value(), weight));
  }

  /** A convolution with a bias, which starts at 0. */
  Features biasedConvolution(String name, Features x, Convolution convolution) {
    String weight = kernel(name, x, convolution);
    String bias = weight(Initialization.constant(name + ".bias", convolution.out(), 0));
    return convolution(name, convolution, List.of(x.value(), weight, bias));
  }

  /** The 1x1 convolution with bias that makes logits; it starts near 0. */
  Features logits(String name, Features x, int categories) {
    return logits(name, x, Convolution.of(categories, 1));
  }

  /** A convolution with bias that makes logits; it starts near 0. */
  Features logits(String name, Features x, Convolution geometry) {
    int categories = geometry.out();
    Shape shape = Shape.of(categories, x.channels(), geometry.kernel(), geometry.kernel());
    String weight = weight(initialization.normal(name + ".weight", shape, 0.01));
    String bias = weight(Initialization.constant(name + ".bias", categories, 0));
    return convolution(name, geometry, List.of(x.value(), weight, bias));
  }

  Features batchNormalization(String name, Features x) {
    return batchNormalization(name, x, EPSILON);
  }

  Features batchNormalization(String name, Features x, float epsilon) {
    int channels = x.channels();
    List<String> inputs =
        List.of(
            x.value(),
            weight(Initialization.constant(name + ".weight", channels, 1)),
            weight(Initialization.constant(name + ".bias", channels, 0)),
            weight(Initialization.constant(name + ".running_mean", channels, 0)),
            weight(Initialization.constant(name + ".running_var", channels, 1)));
    Map<String, Attribute> attributes =
        Map.of("epsilon", new Attribute.Real(epsilon), "momentum", new Attribute.Real(momentum));
    return new Features(node(name, "BatchNormalization", attributes, inputs), channels);
  }

  Features relu(String name, Features x) {
    return unary(name, "Relu", x);
  }

  /** An element-wise operator without attributes. */
  Features unary(String name, String operator, Features x) {
    return new Features(node(name, operator, Map.of(), List.of(x.value())), x.channels());
  }

  /** An element-wise operator of two inputs; the second may have one row and column. */
  Features binary(String name, String operator, Features a, Features b) {
    return new Features(
        node(name, operator, Map.of(), List.of(a.value(), b.value())), a.channels());
  }

  /** {@code max(0, min(x / 6 + 1 / 2, 1))}. */
  Features hardSigmoid(String name, Features x) {
    Map<String, Attribute> attributes =
        Map.of("alpha", new Attribute.Real(1f / 6), "beta", new Attribute.Real(0.5f));
    return new Features(node(name, "HardSigmoid", attributes, List.of(x.value())), x.channels());
  }

  Features concat(String name, List<Features> parts) {
    String value =
        node(
            name,
            "Concat",
            Map.of("axis", new Attribute.Int(1)),
            parts.stream().map(Features::value).toList());
    return new Features(value, parts.stream().mapToInt(Features::channels).sum());
  }

  Features maxPool(String name, Features x, int kernel, int stride, int padding) {
    Map<String, Attribute> attributes =
        Map.of(
            "kernel_shape", Attribute.Ints.of(kernel, kernel),
            "strides", Attribute.Ints.of(stride, stride),
            "pads", Attribute.Ints.of(padding, padding, padding, padding));
    return new Features(node(name, "MaxPool", attributes, List.of(x.value())), x.channels());
  }

  /** A pooled feature map and where its values were. */
  record Pooled(Features features, String indices) {}

  /** The largest of each 2x2 window, and where it was. */
  Pooled maxPoolWithIndices(String name, Features x) {
    String indices = name + "/indices";
    builder.node(
        Node.of(name, "MaxPool", List.of(x.value()), List.of(name, indices), WINDOW_OF_TWO));
    return new Pooled(new Features(name, x.channels()), indices);
  }

  /** Puts {@code x} where {@code pooled} was taken from; zeros elsewhere. */
  Features maxUnpool(String name, Features x, Pooled pooled) {
    String value = node(name, "MaxUnpool", WINDOW_OF_TWO, List.of(x.value(), pooled.indices()));
    return new Features(value, x.channels());
  }

  /** {@code x} averaged to {@code bins} x {@code bins}. */
  Features average(String name, Features x, int bins) {
    if (bins == 1) {
      return globalAveragePool(name, x);
    }
    String size = weight(Weight.ofLongs(name + "/size", bins, bins));
    Map<String, Attribute> attributes =
        Map.of(
            "mode", new Attribute.Text("linear"),
            "antialias", new Attribute.Int(1),
            "axes", Attribute.Ints.of(2, 3));
    return new Features(
        node(name, "Resize", attributes, List.of(x.value(), "", "", size)), x.channels());
  }

  Features globalAveragePool(String name, Features x) {
    return unary(name, "GlobalAveragePool", x);
  }

  /** {@code x} at the height and width of {@code like}, bilinear with half-pixel centres. */
  Features resize(String name, Features x, Features like) {
    Map<String, Attribute> attributes =
        Map.of("mode", new Attribute.Text("linear"), "axes", Attribute.Ints.of(2, 3));
    return resize(name, x, like, attributes);
  }

  /** {@code x} at the height and width of {@code like}, each value repeated, as PyTorch does it. */
  Features repeat(String name, Features x, Features like) {
    Map<String, Attribute> attributes =
        Map.of(
            "mode", new Attribute.Text("nearest"),
            "coordinate_transformation_mode", new Attribute.Text("asymmetric"),
            "nearest_mode", new Attribute.Text("floor"),
            "axes", Attribute.Ints.of(2, 3));
    return resize(name, x, like, attributes);
  }

  private Features resize(
      String name, Features x, Features like, Map<String, Attribute> attributes) {
    String size =
        node(
            name + "/size",
            "Shape",
            Map.of("start", new Attribute.Int(2), "end", new Attribute.Int(4)),
            List.of(like.value()));
    String value = node(name, "Resize", attributes, List.of(x.value(), "", "", size));
    return new Features(value, x.channels());
  }

  /** Any other operator with one output. */
  String node(
      String name, String operator, Map<String, Attribute> attributes, List<String> inputs) {
    builder.node(Node.of(name, operator, inputs, List.of(name), attributes));
    return name;
  }

  /** Names {@code x} as a graph output. */
  void output(String name, Features x) {
    builder.node(Node.of(name, "Identity", List.of(x.value()), List.of(name), Map.of()));
    builder.output(new Value(name, ElementType.FLOAT, spatial(x.channels())));
  }

  Network build() {
    return builder.build();
  }

  private Features convolution(String name, Convolution geometry, List<String> inputs) {
    long padding = geometry.padding();
    Map<String, Attribute> attributes =
        Map.of(
            "kernel_shape", Attribute.Ints.of(geometry.kernel(), geometry.kernel()),
            "strides", Attribute.Ints.of(geometry.stride(), geometry.stride()),
            "pads", Attribute.Ints.of(padding, padding, padding, padding),
            "dilations", Attribute.Ints.of(geometry.dilation(), geometry.dilation()),
            "group", new Attribute.Int(geometry.group()));
    return new Features(node(name, "Conv", attributes, inputs), geometry.out());
  }

  private String kernel(String name, Features x, Convolution geometry) {
    Shape shape =
        Shape.of(
            geometry.out(), x.channels() / geometry.group(), geometry.kernel(), geometry.kernel());
    return weight(initialization.kernel(name + ".weight", shape, geometry.group()));
  }

  private String weight(Weight weight) {
    builder.weight(weight);
    return weight.name();
  }

  private static List<Dimension> spatial(int channels) {
    return List.of(
        new Dimension.Symbolic("batch"),
        new Dimension.Fixed(channels),
        new Dimension.Symbolic("height"),
        new Dimension.Symbolic("width"));
  }
}
