package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Network;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.TensorFiles;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * ONNX's own backend cases: those shared, or those in the folder that {@code
 * -Ddisassembler.conformance=DIR} names.
 */
final class ConformanceCases {
  private ConformanceCases() {}

  static Stream<String> names() throws IOException {
    return subfolders(folder(), "").map(path -> path.getFileName().toString());
  }

  static Network network(String name) {
    return OnnxReader.read(folder().resolve(name).resolve("model.onnx"));
  }

  static List<Path> dataSets(String name) throws IOException {
    List<Path> dataSets = subfolders(folder().resolve(name), "test_data_set_").toList();
    assertThat(dataSets).as("data sets of " + name).isNotEmpty();
    return dataSets;
  }

  static Map<String, Weight> inputs(Network network, Path dataSet) {
    Map<String, Weight> inputs = new HashMap<>();
    for (Value input : network.inputs()) {
      inputs.put(input.name(), TensorFiles.read(dataSet.resolve("input_" + inputs.size() + ".pb")));
    }
    return inputs;
  }

  private static Path folder() {
    String other = System.getProperty("disassembler.conformance");
    return other == null ? Shared.file("onnx-node") : Path.of(other);
  }

  private static Stream<Path> subfolders(Path folder, String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .filter(Files::isDirectory)
          .sorted()
          .toList()
          .stream();
    }
  }
}
