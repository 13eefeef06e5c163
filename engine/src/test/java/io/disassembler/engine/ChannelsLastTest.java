package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
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
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.Test;

/** Convolutions, PReLU and pooling in either order of memory, and what flows back through them. */
class ChannelsLastTest {
  private static final Shape IMAGE = Shape.of(1, 3, 5, 7);
  private static final double STEP = 1e-2;

  private static final Network NETWORK =
      new Network.Builder("test.onnx")
          .opset("", 18)
          .input(value("x", 3))
          .weight(weight("w", Shape.of(4, 3, 3, 3)))
          .weight(Weight.ofFloats("slopes", Shape.of(4, 1, 1), 0.25f, -0.5f, 0, 1.5f))
          .weight(weight("v", Shape.of(2, 4, 1, 1)))
          .node(
              Node.of(
                  "conv",
                  "Conv",
                  List.of("x", "w"),
                  List.of("c"),
                  Map.of("pads", new Attribute.Ints(List.of(1L, 1L, 1L, 1L)))))
          .node(Node.of("prelu", "PRelu", List.of("c", "slopes"), List.of("p"), Map.of()))
          .node(Node.of("pool", "GlobalAveragePool", List.of("p"), List.of("g"), Map.of()))
          .node(Node.of("gate", "Mul", List.of("p", "g"), List.of("m"), Map.of()))
          .node(Node.of("last", "Conv", List.of("m", "v"), List.of("y"), Map.of()))
          .output(value("y", 2))
          .build();

  private static Value value(String name, int channels) {
    return new Value(
        name,
        ElementType.FLOAT,
        Stream.of(1, channels, 5, 7).<Dimension>map(Dimension.Fixed::new).toList());
  }

  private static Weight weight(String name, Shape shape) {
    return Weight.ofFloats(name, shape, numbers(shape, name.hashCode()));
  }

  private static float[] numbers(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void gradientsAreThoseOfSmallDifferences() {
    float[] image = numbers(IMAGE, 7);
    try (Engine engine = engine(true)) {
      float[] gradients = gradients(engine, image);
      for (int i = 0; i < image.length; i++) {
        double slope = (sum(engine, image, i, STEP) - sum(engine, image, i, -STEP)) / (2 * STEP);
        assertThat((double) gradients[i]).isCloseTo(slope, within(0.05 * (1 + Math.abs(slope))));
      }
    }
  }

  @Test
  void theOrderInMemoryChangesNothingElse() {
    float[] image = numbers(IMAGE, 8);
    try (Engine last = engine(true);
        Engine first = engine(false)) {
      assertThat(gradients(last, image)).containsExactly(gradients(first, image), within(1e-4f));
      assertThat(sum(last, image, 0, 0)).isCloseTo(sum(first, image, 0, 0), within(1e-3));
      boolean together =
          last.run(
              input(image),
              ForwardRequest.keeping(Set.of("c")),
              forward -> forward.value("c").is_contiguous(MemoryFormat.ChannelsLast));
      assertThat(together).isTrue();
    }
  }

  private static Engine engine(boolean channelsLast) {
    EngineSettings settings = EngineSettings.onCpu(1);
    return Engine.of(Program.parse(NETWORK), channelsLast ? settings.withChannelsLast() : settings);
  }

  private static Map<String, Weight> input(float[] image) {
    return Map.of("x", Weight.ofFloats("x", IMAGE, image));
  }

  /** Of the sum of the outputs. */
  private static float[] gradients(Engine engine, float[] image) {
    return engine.run(
        input(image),
        ForwardRequest.differentiating(Set.of("x")),
        forward ->
            TensorData.floats(forward.gradients(forward.value("y").sum(), List.of("x")).get(0)));
  }

  private static double sum(Engine engine, float[] image, int changed, double by) {
    float[] other = image.clone();
    other[changed] += (float) by;
    return engine.run(
        input(other), ForwardRequest.outputs(), forward -> forward.value("y").sum().item_double());
  }
}
