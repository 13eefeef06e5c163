package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that ONNX Runtime's tools quantised. */
class QuantizedFilesTest {

  @Test
  void staysInEightBits(@TempDir Path folder) throws IOException {
    Scenes scenes = Scenes.in(folder);
    Path file = Shared.file("cases/formats/int8-qdq.onnx");

    assertThat(Invocation.succeed("inspect", file).out().lines().findFirst().orElseThrow())
        .contains("weights of type INT8");
    Path small = scenes.checkedCut(file, "64x64");
    Network written = OnnxReader.read(small);
    assertThat(written.weights().values())
        .filteredOn(weight -> weight.shape().rank() == 4)
        .isNotEmpty()
        .allMatch(weight -> weight.type() == ElementType.INT8);
    assertThat(written.nodes())
        .extracting(Node::operator)
        .filteredOn("QuantizeLinear"::equals)
        .hasSize(5);
    assertThat(
            Invocation.succeed(
                    "evaluate",
                    file,
                    small,
                    "--images",
                    scenes.images(),
                    "--masks",
                    scenes.masks(),
                    "--no-latency")
                .out())
        .contains("mean retention");
  }
}
