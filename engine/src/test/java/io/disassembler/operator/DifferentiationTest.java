package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Network;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators not marked {@link NotDifferentiable} pass gradients, in every form that a case has. */
class DifferentiationTest {

  static Stream<String> cases() throws IOException {
    return ConformanceCases.names().filter(DifferentiationTest::isDifferentiable);
  }

  /** True for one differentiable node that makes floats of floats. */
  private static boolean isDifferentiable(String name) {
    Network network = ConformanceCases.network(name);
    if (network.nodes().size() != 1 || !Program.unsupported(network).isEmpty()) {
      return false;
    }
    Operator operator = Program.parse(network).steps().get(0).operator();
    return !operator.getClass().isAnnotationPresent(NotDifferentiable.class)
        && network.outputs().stream().allMatch(output -> output.type().isFloating())
        && differentiable(network, inputs(name, network)).isPresent();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void passesGradients(String name) {
    Network network = ConformanceCases.network(name);
    Map<String, Weight> inputs = inputs(name, network);
    String input = differentiable(network, inputs).orElseThrow();
    try (Engine engine = Engine.of(Program.parse(network))) {
      boolean passed =
          engine.run(
              inputs,
              ForwardRequest.differentiating(Set.of(input)),
              forward -> passesGradients(network, input, forward));
      assertThat(passed).isTrue();
    }
  }

  private static boolean passesGradients(Network network, String input, Forward forward) {
    Tensor sum = torch.zeros(1);
    for (Value output : network.outputs()) {
      sum = sum.add(forward.value(output.name()).sum());
    }
    return forward.gradients(sum.sum(), List.of(input)).get(0).defined();
  }

  /** The first input of floats, if it has any. */
  private static Optional<String> differentiable(Network network, Map<String, Weight> inputs) {
    return network.inputs().stream()
        .filter(input -> input.type().isFloating())
        .map(Value::name)
        .findFirst()
        .filter(name -> Objects.requireNonNull(inputs.get(name)).shape().elements() > 0);
  }

  private static Map<String, Weight> inputs(String name, Network network) {
    try {
      return ConformanceCases.inputs(network, ConformanceCases.dataSets(name).get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
