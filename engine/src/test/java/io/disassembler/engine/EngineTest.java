package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.NotEnoughMemoryException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Operator;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
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
        .opset("", 18)
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

  @Test
  void eachEngineComputesWithItsOwnNumberOfThreads() {
    Program program = Program.parse(network());
    try (Engine one = Engine.of(program, EngineSettings.onCpu(1));
        Engine three = Engine.of(program, EngineSettings.onCpu(3));
        Engine training = one.training(program, Set.of("w"))) {
      for (int round = 0; round < 2; round++) {
        assertThat(threads(one)).isEqualTo(1);
        assertThat(threads(three)).isEqualTo(3);
        assertThat(threads(training)).isEqualTo(1);
      }
      NativeScope.run(
          () -> {
            Walk walk = three.walk(INPUT);
            assertThat(threads(one)).isEqualTo(1);
            walk.to(1);
            assertThat(torch.get_num_threads()).isEqualTo(3);
          });
      assertThat(CompletableFuture.supplyAsync(() -> threads(one)).join()).isEqualTo(1);
    }
    assertThatThrownBy(() -> EngineSettings.onCpu(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static int threads(Engine engine) {
    return engine.run(INPUT, ForwardRequest.outputs(), forward -> torch.get_num_threads());
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    Program program = Program.parse(network());

    assertThatThrownBy(() -> Engine.of(program, EngineSettings.onCpu(1).on("toaster")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("device 'toaster': expected cpu, cuda or cuda:INDEX");
  }

  @Test
  void shapesThatLibtorchRefusesAreErrorsOfTheUser() {
    Map<String, Weight> twoChannels =
        Map.of("x", Weight.ofFloats("x", Shape.of(1, 2, 1, 2), 1, 2, 3, 4));

    assertThatThrownBy(() -> run(network(), twoChannels))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("test.onnx: node 'conv' (Conv) cannot run on inputs of shape [")
        .hasMessageContaining("to have 1 channels, but got 2 channels instead")
        .hasMessageNotContaining("\n");
  }

  @Test
  void typesThatLibtorchRefusesAreErrorsOfTheUser() {
    Network network = reading("BitwiseNot", "y", Map.of());

    assertThatThrownBy(() -> run(network, INPUT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("(BitwiseNot) cannot run")
        .hasMessageContaining("'Float'");
  }

  @Test
  void whatOurOperatorsRefuseAreErrorsOfTheUser() {
    Network network = reading("Split", "y", Map.of("axis", new Attribute.Int(7)));

    assertThatThrownBy(() -> run(network, INPUT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("(Split) cannot run")
        .hasMessageContaining("axis 7 of a tensor with 4 axes");
  }

  @Test
  void bugsStayBugs() {
    IllegalStateException bug = new IllegalStateException("a bug");

    assertThatThrownBy(
            () ->
                run(
                    failing(
                        inputs -> {
                          throw bug;
                        })))
        .isSameAs(bug);
    assertThatThrownBy(() -> run(failing(inputs -> List.of(inputs.get(0).add((Tensor) null)))))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> run(failing(inputs -> List.of(inputs.get(0).add(new Tensor())))))
        .isExactlyInstanceOf(RuntimeException.class)
        .hasMessageContaining("undefined Tensor");
    assertThatThrownBy(
            () ->
                run(
                    failing(
                        inputs -> {
                          throw new RuntimeException("shape");
                        })))
        .isExactlyInstanceOf(RuntimeException.class)
        .hasMessage("shape");
  }

  @Test
  void memoryThatIsNotThereIsNoErrorOfTheUser() {
    Network network =
        network().toBuilder()
            .weight(Weight.ofLongs("huge", 1L << 60))
            .node(Node.of("fill", "ConstantOfShape", List.of("huge"), List.of("z"), Map.of()))
            .node(Node.of("use", "Relu", List.of("z"), List.of("zz"), Map.of()))
            .build();

    assertThatThrownBy(() -> run(network, INPUT))
        .isInstanceOf(NotEnoughMemoryException.class)
        .hasMessage(
            "not enough memory (test.onnx: node 'use' (Relu), inputs of shape [[1152921504606846976]]: libtorch could not get another 4611686018427387904 bytes); a smaller image size or fewer images per batch takes less");
    assertThatThrownBy(
            () ->
                run(
                    failing(
                        inputs -> {
                          throw new OutOfMemoryError("Java heap space");
                        })))
        .isInstanceOf(NotEnoughMemoryException.class)
        .hasMessageContainingAll("node ", ": Java heap space)");
  }

  /** The network and a node after it that reads {@code value}. */
  private static Network reading(String operator, String value, Map<String, Attribute> attributes) {
    return network().toBuilder()
        .node(Node.of("more", operator, List.of(value), List.of("z"), attributes))
        .build();
  }

  private static boolean run(Network network, Map<String, Weight> inputs) {
    return run(Program.parse(network), inputs);
  }

  private static boolean run(Program program) {
    return run(program, INPUT);
  }

  private static boolean run(Program program, Map<String, Weight> inputs) {
    try (Engine engine = Engine.of(program)) {
      return engine.run(inputs, ForwardRequest.outputs(), forward -> true);
    }
  }

  /** The network with {@code operator} in place of its first one. */
  private static Program failing(Operator operator) {
    Program program = Program.parse(network());
    List<Program.Step> steps = new ArrayList<>(program.steps());
    steps.set(0, new Program.Step(steps.get(0).node(), operator));
    return new Program(program.network(), steps);
  }
}
