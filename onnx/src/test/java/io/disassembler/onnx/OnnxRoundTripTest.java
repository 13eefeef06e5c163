package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.testing.Bundled;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxRoundTripTest {
  static List<Path> models() throws IOException {
    return Stream.concat(Stream.of(Bundled.network()), Shared.models().stream()).toList();
  }

  static List<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(Shared.file("onnx-node"))) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void rewrittenNetworkIsTheSameAndLoads(Path file, @TempDir Path folder) throws Exception {
    Path copy = folder.resolve("copy.onnx");
    Network network = OnnxReader.read(file);

    OnnxWriter.write(network, copy);

    Networks.assertEqual(OnnxReader.read(copy), network);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession original = environment.createSession(file.toString());
        OrtSession session = environment.createSession(copy.toString())) {
      assertThat(session.getInputNames()).isEqualTo(original.getInputNames());
      assertThat(session.getOutputInfo().toString()).isEqualTo(original.getOutputInfo().toString());
    }
  }

  @Test
  void everyConformanceModelSurvives(@TempDir Path folder) throws IOException {
    Path copy = folder.resolve("copy.onnx");
    List<Path> cases = cases();
    assertThat(cases).hasSizeGreaterThan(400);
    for (Path each : cases) {
      Network network = OnnxReader.read(each.resolve("model.onnx"));
      OnnxWriter.write(network, copy);
      Networks.assertEqual(OnnxReader.read(copy), network);
    }
  }

  @Test
  void everyConformanceTensorIsRead() throws IOException {
    List<Path> tensors;
    try (Stream<Path> files = Files.walk(Shared.file("onnx-node"))) {
      tensors = files.filter(file -> file.toString().endsWith(".pb")).toList();
    }
    assertThat(tensors).hasSizeGreaterThan(1000);
    for (Path file : tensors) {
      Weight tensor = TensorFiles.read(file);
      assertThat((long) tensor.data().remaining()).as(file.toString()).isEqualTo(tensor.bytes());
    }
  }
}
