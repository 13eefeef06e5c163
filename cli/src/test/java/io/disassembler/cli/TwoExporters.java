package io.disassembler.cli;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One small U-Net as two exporters write it. PyTorch's: N x C x H x W, biases in the convolutions,
 * logits. Keras through tf2onnx: N x H x W x C, each convolution between two Transposes, biases
 * added behind, padding by name, a Softmax at the end.
 */
final class TwoExporters {
  private static final long CATEGORIES = 3;

  private final boolean keras;
  private final Random random = new Random(3);
  private final Network.Builder builder;
  private final Dimension batch = new Dimension.Symbolic("n");
  private final Dimension height = new Dimension.Symbolic("h");
  private final Dimension width = new Dimension.Symbolic("w");

  private TwoExporters(boolean keras) {
    this.keras = keras;
    builder =
        new Network.Builder(keras ? "keras.onnx" : "torch.onnx")
            .opset("", 17)
            .input(new Value("image", ElementType.FLOAT, extents(3)));
  }

  private List<Dimension> extents(long channels) {
    Dimension of = new Dimension.Fixed(channels);
    return keras ? List.of(batch, height, width, of) : List.of(batch, of, height, width);
  }

  static Network.Builder pytorch() {
    return new TwoExporters(false).unet();
  }

  static Network.Builder keras() {
    return new TwoExporters(true).unet();
  }

  private Network.Builder unet() {
    String first = relu(convolution("image", "first", 3, 16, 3));
    String second = relu(convolution(pool(first), "second", 16, 16, 3));
    String bottom = relu(convolution(pool(second), "bottom", 16, 24, 3));
    String up = relu(transposed(bottom, "up", 24, 16));
    String middle = relu(convolution(concat(up, second), "middle", 32, 16, 3));
    String last = relu(convolution(concat(resized(middle), first), "last", 32, 16, 3));
    String logits = convolution(last, "logits", 16, CATEGORIES, 1);
    String output =
        keras ? node("Softmax", Map.of("axis", new Attribute.Int(-1)), "scores", logits) : logits;
    return builder.output(new Value(output, ElementType.FLOAT, extents(CATEGORIES)));
  }

  private String convolution(String x, String name, long in, long out, long kernel) {
    String weight = weight(name + ".weight", out, in, kernel, kernel);
    Map<String, Attribute> attributes = new HashMap<>();
    attributes.put("kernel_shape", Attribute.Ints.of(kernel, kernel));
    if (keras) {
      attributes.put("auto_pad", new Attribute.Text("SAME_UPPER"));
    } else {
      attributes.put("pads", Attribute.Ints.of(kernel / 2, kernel / 2, kernel / 2, kernel / 2));
    }
    return layer("Conv", attributes, x, name, weight, out);
  }

  private String transposed(String x, String name, long in, long out) {
    Map<String, Attribute> attributes =
        Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2));
    return layer(
        "ConvTranspose", attributes, x, name, weight(name + ".weight", in, out, 2, 2), out);
  }

  /** The layer's own output is called {@code name}, whatever follows. */
  private String layer(
      String operator,
      Map<String, Attribute> attributes,
      String x,
      String name,
      String weight,
      long out) {
    String bias = weight(name + ".bias", out);
    if (!keras) {
      return node(operator, attributes, name, x, weight, bias);
    }
    String made = fromChannels(node(operator, attributes, name, toChannels(x, name), weight));
    return node("Add", Map.of(), name + ".biased", made, bias);
  }

  private String pool(String x) {
    return spatial(
        "MaxPool",
        Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2)),
        x);
  }

  private String resized(String x) {
    builder.weight(Weight.ofFloats("twice", Shape.of(4), 1, 1, 2, 2));
    Map<String, Attribute> nearest =
        Map.of(
            "mode", new Attribute.Text("nearest"),
            "nearest_mode", new Attribute.Text("floor"),
            "coordinate_transformation_mode", new Attribute.Text("asymmetric"));
    return spatial("Resize", nearest, x, "", "twice");
  }

  private String spatial(
      String operator, Map<String, Attribute> attributes, String x, String... more) {
    String name = x + "." + operator;
    String[] inputs = new String[more.length + 1];
    inputs[0] = keras ? toChannels(x, name) : x;
    System.arraycopy(more, 0, inputs, 1, more.length);
    String made = node(operator, attributes, name, inputs);
    return keras ? fromChannels(made) : made;
  }

  private String concat(String a, String b) {
    return node("Concat", Map.of("axis", new Attribute.Int(keras ? 3 : 1)), a + "+" + b, a, b);
  }

  private String relu(String x) {
    return node("Relu", Map.of(), x + ".relu", x);
  }

  private String toChannels(String x, String reader) {
    return node("Transpose", order(0, 3, 1, 2), reader + ".nchw", x);
  }

  private String fromChannels(String x) {
    return node("Transpose", order(0, 2, 3, 1), x + ".nhwc", x);
  }

  private static Map<String, Attribute> order(long... axes) {
    return Map.of("perm", Attribute.Ints.of(axes));
  }

  private String node(
      String operator, Map<String, Attribute> attributes, String output, String... inputs) {
    builder.node(Node.of(output, operator, List.of(inputs), List.of(output), attributes));
    return output;
  }

  private String weight(String name, long... extents) {
    Shape shape = Shape.of(extents);
    double deviation =
        Math.sqrt(2.0 * extents[0] / shape.elements() * (extents.length > 1 ? 1 : 0));
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.max(deviation, 0.1) * 1.5);
    }
    builder.weight(Weight.ofFloats(name, shape, values));
    return name;
  }
}
