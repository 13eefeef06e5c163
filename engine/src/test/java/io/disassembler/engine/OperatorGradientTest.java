package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients through operators that we put together ourselves, against finite differences. */
class OperatorGradientTest {
  private static final Shape SHAPE = Shape.of(1, 2, 5, 4);
  private static final float STEP = 1e-2f;

  static Stream<Node> nodes() {
    return Stream.of(
        node("Resize", Map.of("mode", text("linear")), "x", "", "", "sizes"),
        node("Resize", Map.of("mode", text("linear"), "antialias", integer(1)), "x", "", "half"),
        node(
            "Resize",
            Map.of("mode", text("cubic"), "exclude_outside", integer(1)),
            "x",
            "",
            "half"),
        node("Resize", Map.of("nearest_mode", text("ceil")), "x", "", "half"),
        node(
            "Resize",
            Map.of(
                "mode",
                text("linear"),
                "coordinate_transformation_mode",
                text("tf_crop_and_resize")),
            "x",
            "roi",
            "",
            "sizes"),
        node(
            "AveragePool",
            Map.of("kernel_shape", integers(3, 2), "dilations", integers(2, 1)),
            "x"),
        node(
            "AveragePool",
            Map.of(
                "kernel_shape", integers(3, 3), "strides", integers(2, 3), "ceil_mode", integer(1)),
            "x"),
        node("LpPool", Map.of("kernel_shape", integers(2, 3), "p", integer(3)), "x"),
        node("MaxPool", Map.of("kernel_shape", integers(2, 2), "pads", integers(0, 1, 1, 0)), "x"),
        node("Pad", Map.of("mode", text("reflect")), "x", "pads"),
        node("Slice", Map.of(), "x", "backwards", "first", "axes", "backwards"),
        node("GridSample", Map.of("padding_mode", text("border")), "x", "grid"));
  }

  @ParameterizedTest
  @MethodSource("nodes")
  void gradientsAgreeWithFiniteDifferences(Node node) {
    Random random = new Random(3);
    float[] x = new float[(int) SHAPE.elements()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    try (Engine engine = Engine.of(Program.parse(network(node)))) {
      float[] gradient =
          engine.run(
              input(x),
              ForwardRequest.differentiating(Set.of("x")),
              forward ->
                  TensorData.floats(forward.gradients(energy(forward), List.of("x")).get(0)));
      for (int i = 0; i < x.length; i++) {
        double slope =
            (energy(engine, moved(x, i, STEP)) - energy(engine, moved(x, i, -STEP))) / (2 * STEP);
        assertThat(gradient[i]).isCloseTo((float) slope, offset(0.03f));
      }
    }
  }

  private static double energy(Engine engine, float[] x) {
    return engine.run(
        input(x), ForwardRequest.outputs(), forward -> TensorData.doubles(energy(forward))[0]);
  }

  private static Tensor energy(Forward forward) {
    Tensor y = forward.value("y");
    return y.mul(y).sum();
  }

  private static float[] moved(float[] x, int index, float by) {
    float[] moved = x.clone();
    moved[index] += by;
    return moved;
  }

  private static Map<String, Weight> input(float[] x) {
    return Map.of("x", Weight.ofFloats("x", SHAPE, x));
  }

  private static Network network(Node node) {
    return new Network.Builder("gradient.onnx")
        .opset("", 20)
        .input(new Value("x", ElementType.FLOAT, List.of()))
        .weight(Weight.ofLongs("sizes", 1, 2, 7, 9))
        .weight(Weight.ofFloats("half", Shape.of(4), 1, 1, 0.5f, 0.7f))
        .weight(Weight.ofFloats("roi", Shape.of(8), 0, 0, -0.1f, 0.2f, 1, 1, 0.8f, 1.1f))
        .weight(Weight.ofLongs("pads", 0, 0, 2, 0, 0, 0, 1, 3))
        .weight(Weight.ofLongs("backwards", -1, -2))
        .weight(Weight.ofLongs("first", -99, -99))
        .weight(Weight.ofLongs("axes", 2, 3))
        .weight(Weight.ofFloats("grid", Shape.of(1, 1, 2, 2), -0.9f, 0.3f, 1.2f, -0.2f))
        .node(node)
        .output(new Value("y", ElementType.FLOAT, List.of()))
        .build();
  }

  private static Node node(String operator, Map<String, Attribute> attributes, String... inputs) {
    return Node.of("", operator, List.of(inputs), List.of("y"), attributes);
  }

  private static Attribute text(String value) {
    return new Attribute.Text(value);
  }

  private static Attribute integer(long value) {
    return new Attribute.Int(value);
  }

  private static Attribute integers(long... values) {
    return Attribute.Ints.of(values);
  }
}
