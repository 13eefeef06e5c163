package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.Engine;
import io.disassembler.engine.Forward;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.TensorFiles;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every case read and run by us: shape and type must match, floats within 1e-5 + 1e-3
 * abs(expected).
 */
class ConformanceTest {
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-3;

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.disassembler.operator.ConformanceCases#names")
  void givesTheExpectedOutputs(String name) throws IOException {
    Network network = ConformanceCases.network(name);
    try (Engine engine = Engine.of(Program.parse(network))) {
      for (Path dataSet : ConformanceCases.dataSets(name)) {
        engine.run(
            ConformanceCases.inputs(network, dataSet),
            ForwardRequest.outputs(),
            forward -> compare(network, dataSet, forward));
      }
    }
  }

  private static boolean compare(Network network, Path dataSet, Forward forward) {
    for (int i = 0; i < network.outputs().size(); i++) {
      String output = network.outputs().get(i).name();
      Weight expected = TensorFiles.read(dataSet.resolve("output_" + i + ".pb"));
      compare(output, expected, forward.value(output));
    }
    return true;
  }

  private static void compare(String output, Weight expected, Tensor found) {
    assertThat(TensorData.type(found)).as("type of " + output).isEqualTo(expected.type());
    assertThat(TensorData.shape(found)).as("shape of " + output).isEqualTo(expected.shape());
    Tensor reference = TensorData.of(expected);
    if (expected.type() == ElementType.INT64) {
      assertThat(TensorData.longs(found)).as(output).isEqualTo(TensorData.longs(reference));
      return;
    }
    double[] values = TensorData.doubles(found);
    double[] references = TensorData.doubles(reference);
    boolean floating = expected.type().isFloating();
    for (int i = 0; i < values.length; i++) {
      double slack = floating ? ABSOLUTE + RELATIVE * Math.abs(references[i]) : 0;
      boolean close =
          Double.compare(values[i], references[i]) == 0
              || Math.abs(values[i] - references[i]) <= slack;
      assertThat(close)
          .as("%s[%d]: expected %s, found %s", output, i, references[i], values[i])
          .isTrue();
    }
  }
}
