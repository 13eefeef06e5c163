package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
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
import java.util.Set;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final List<Dimension> IMAGE =
      List.of(
          new Dimension.Fixed(1),
          new Dimension.Fixed(1),
          new Dimension.Fixed(2),
          new Dimension.Fixed(2));

  private static Network network() {
    return new Network.Builder("test.onnx")
        .opset("", 17)
        .input(new Value("x", ElementType.FLOAT, IMAGE))
        .weight(Weight.ofFloats("w", Shape.of(2, 1, 1, 1), 2, -1))
        .weight(Weight.ofFloats("b", Shape.of(2), 0, 1))
        .node(Node.of("conv", "Conv", List.of("x", "w", "b"), List.of("c"), Map.of()))
        .node(Node.of("relu", "Relu", List.of("c"), List.of("r"), Map.of()))
        .node(
            Node.of(
                "cat",
                "Concat",
                List.of("r", "c"),
                List.of("y"),
                Map.of("axis", new Attribute.Int(1))))
        .output(new Value("y", ElementType.FLOAT, IMAGE))
        .build();
  }

  private static final Map<String, Weight> INPUT =
      Map.of("x", Weight.ofFloats("x", Shape.of(1, 1, 2, 2), 1, 2, 3, -4));

  @Test
  void runsANetwork() {
    try (Engine engine = Engine.of(Program.parse(network()))) {
      float[] y =
          engine.run(
              INPUT, ForwardRequest.outputs(), forward -> TensorData.floats(forward.value("y")));
      assertThat(y).containsExactly(2, 4, 6, 0, 0, 0, 0, 5, 2, 4, 6, -8, 0, -1, -2, 5);
    }
  }

  @Test
  void givesGradientsOfAnyValueWithoutTouchingWeights() {
    try (Engine engine = Engine.of(Program.parse(network()))) {
      float[] gradient =
          engine.run(
              INPUT,
              ForwardRequest.differentiating(Set.of("c")),
              forward -> {
                TensorVector gradients = forward.gradients(forward.value("y").sum(), List.of("c"));
                return TensorData.floats(gradients.get(0));
              });
      assertThat(gradient).containsExactly(2, 2, 2, 1, 1, 1, 1, 2);
    }
  }

  @Test
  void probesShapesAndIntegers() {
    try (Engine engine = Engine.of(Program.parse(network()))) {
      Probe probe = engine.probe(Map.of("x", Shape.of(3, 1, 5, 4)));
      assertThat(probe.shape("y")).isEqualTo(Shape.of(3, 4, 5, 4));
      assertThat(probe.shape("w")).isEqualTo(Shape.of(2, 1, 1, 1));
    }
  }

  @Test
  void listsAllUnsupportedOperatorsAtOnce() {
    Network network =
        network().toBuilder()
            .node(Node.of("m1", "Mystery", List.of("y"), List.of("z"), Map.of()))
            .node(Node.of("m2", "Riddle", List.of("z"), List.of("zz"), Map.of()))
            .build();
    assertThatThrownBy(() -> Program.parse(network))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Mystery (m1)")
        .hasMessageContaining("Riddle (m2)");
  }

  @Test
  void refusesAnAttributeItDoesNotKnow() {
    Network network =
        network().toBuilder()
            .node(
                Node.of(
                    "r2",
                    "Relu",
                    List.of("y"),
                    List.of("z"),
                    Map.of("slope", new Attribute.Int(1))))
            .build();
    assertThatThrownBy(() -> Program.parse(network))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("r2")
        .hasMessageContaining("slope");
  }
}
