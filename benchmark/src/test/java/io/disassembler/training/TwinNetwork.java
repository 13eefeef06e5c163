package io.disassembler.training;

import io.disassembler.benchmark.libtorch.Modules;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.ConvTranspose2dImpl;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A random small network, once as ONNX nodes and once of libtorch's own modules. */
final class TwinNetwork {
  static final Shape IMAGE = Shape.of(2, 3, 12, 16);
  private static final int LAYERS = 7;
  private static final int GROUPS = 2;

  private final Random random;
  private final Network.Builder builder = new Network.Builder("twin").opset("", 18);
  private final Modules modules = new Modules();
  private final List<Step> steps = new ArrayList<>();
  private final StringBuilder description = new StringBuilder();
  private String value = "image";
  private int channels = 3;
  private int height = 12;
  private int count;

  /** Makes {@code output} from what there is. */
  private record Step(String output, UnaryOperator<Tensor> of) {}

  /** Made in the native scope of the caller. */
  TwinNetwork(long seed) {
    random = new Random(seed);
    builder.input(new Value("image", ElementType.FLOAT, fixed(IMAGE)));
    convolution();
    for (int layer = 0; layer < LAYERS; layer++) {
      switch (random.nextInt(7)) {
        case 0 -> convolution();
        case 1 -> transposed();
        case 2 -> normalization();
        case 3 -> activation();
        case 4 -> pooling();
        case 5 -> residual();
        default -> concatenation();
      }
    }
  }

  Network network() {
    return builder.output(new Value(value, ElementType.FLOAT, maps())).build();
  }

  private static List<Dimension> maps() {
    return List.of(
        new Dimension.Symbolic("n"),
        new Dimension.Symbolic("c"),
        new Dimension.Symbolic("h"),
        new Dimension.Symbolic("w"));
  }

  String output() {
    return value;
  }

  Modules modules() {
    return modules;
  }

  /** What libtorch's modules make of {@code image}. */
  Tensor run(Tensor image) {
    Tensor x = image;
    for (Step step : steps) {
      x = step.of().apply(x);
    }
    return x;
  }

  @Override
  public String toString() {
    return description.toString();
  }

  private void convolution() {
    int kernel = 1 + 2 * random.nextInt(2);
    int dilation = 1 + random.nextInt(2);
    int stride = height % 2 == 0 && random.nextInt(3) == 0 ? 2 : 1;
    int groups = channels % GROUPS == 0 && random.nextBoolean() ? GROUPS : 1;
    int out = 4 + 2 * random.nextInt(3);
    int padding = kernel / 2 * dilation;
    boolean biased = random.nextBoolean();
    Weight weight = weight("weight", Shape.of(out, channels / groups, kernel, kernel));
    Weight bias = biased ? weight("bias", Shape.of(out)) : null;
    Conv2dImpl module = modules.convolution(weight, bias, stride, padding, dilation, groups);
    add(
        "Conv",
        Map.of(
            "strides", Attribute.Ints.of(stride, stride),
            "pads", Attribute.Ints.of(padding, padding, padding, padding),
            "dilations", Attribute.Ints.of(dilation, dilation),
            "group", new Attribute.Int(groups)),
        bias == null ? List.of(weight) : List.of(weight, bias),
        module::forward);
    channels = out;
    height /= stride;
  }

  private void transposed() {
    int out = 4 + 2 * random.nextInt(3);
    Weight weight = weight("weight", Shape.of(channels, out, 2, 2));
    Weight bias = weight("bias", Shape.of(out));
    ConvTranspose2dImpl module = modules.transposed(weight, bias, 2);
    add(
        "ConvTranspose",
        Map.of("strides", Attribute.Ints.of(2, 2)),
        List.of(weight, bias),
        module::forward);
    channels = out;
    height *= 2;
  }

  private void normalization() {
    Weight scale = weight("scale", Shape.of(channels));
    Weight shift = weight("shift", Shape.of(channels));
    Weight mean = weight("mean", Shape.of(channels));
    float[] ones = new float[channels];
    java.util.Arrays.fill(ones, 1);
    Weight variance = Weight.ofFloats("variance" + count, Shape.of(channels), ones);
    BatchNorm2dImpl module = modules.normalization(scale, shift, mean, variance);
    add("BatchNormalization", Map.of(), List.of(scale, shift, mean, variance), module::forward);
  }

  private void activation() {
    switch (random.nextInt(4)) {
      case 0 -> add("Relu", Map.of(), List.of(), Tensor::relu);
      case 1 -> add("Sigmoid", Map.of(), List.of(), Tensor::sigmoid);
      case 2 -> add("HardSwish", Map.of(), List.of(), torch::hardswish);
      default ->
          add(
              "LeakyRelu",
              Map.of("alpha", new Attribute.Real(0.1f)),
              List.of(),
              x -> torch.leaky_relu(x, new Scalar(0.1f)));
    }
  }

  private void pooling() {
    if (height % 2 != 0) {
      return;
    }
    Map<String, Attribute> window =
        Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2));
    if (random.nextBoolean()) {
      add("MaxPool", window, List.of(), x -> torch.max_pool2d(x, 2, 2));
    } else {
      add("AveragePool", window, List.of(), x -> torch.avg_pool2d(x, 2, 2));
    }
    height /= 2;
  }

  /** {@code x + f(x)}. */
  private void residual() {
    branch("Add", (x, y) -> x.add(y));
  }

  /** {@code x} and {@code f(x)} side by side. */
  private void concatenation() {
    branch("Concat", (x, y) -> torch.cat(new TensorVector(x, y), 1));
    channels *= 2;
  }

  private void branch(String operator, java.util.function.BinaryOperator<Tensor> join) {
    String before = value;
    Weight weight = weight("weight", Shape.of(channels, channels, 1, 1));
    Conv2dImpl module = modules.convolution(weight, null, 1, 0, 1, 1);
    String made = "v" + count++;
    builder.weight(weight);
    builder.node(Node.of(made, "Conv", List.of(before, weight.name()), List.of(made), Map.of()));
    value = "v" + count++;
    Map<String, Attribute> attributes =
        operator.equals("Concat") ? Map.of("axis", new Attribute.Int(1)) : Map.of();
    builder.node(Node.of(value, operator, List.of(before, made), List.of(value), attributes));
    steps.add(new Step(value, x -> join.apply(x, module.forward(x))));
    description.append(' ').append(operator);
  }

  private void add(
      String operator,
      Map<String, Attribute> attributes,
      List<Weight> weights,
      UnaryOperator<Tensor> module) {
    List<String> inputs = new ArrayList<>(List.of(value));
    for (Weight weight : weights) {
      builder.weight(weight);
      inputs.add(weight.name());
    }
    value = "v" + count++;
    builder.node(Node.of(value, operator, inputs, List.of(value), attributes));
    steps.add(new Step(value, module));
    description.append(' ').append(operator);
  }

  private Weight weight(String what, Shape shape) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.5 * random.nextGaussian());
    }
    return Weight.ofFloats(what + count, shape, values);
  }

  private static List<Dimension> fixed(Shape shape) {
    List<Dimension> dimensions = new ArrayList<>();
    for (long extent : shape.dimensions()) {
      dimensions.add(new Dimension.Fixed(extent));
    }
    return dimensions;
  }
}
