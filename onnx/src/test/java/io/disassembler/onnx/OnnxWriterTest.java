package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnxruntime.OrtException;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWriterTest {
  private static final float[] X = {1, -2, 3, -4, 5, -6};
  private Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void useFolder(@TempDir Path temporary) {
    folder = temporary;
    file = folder.resolve("model.onnx");
  }

  @Test
  void networksMadeFromScratchRun() throws OrtException {
    OnnxWriter.write(sums(), file);

    assertThat(Runs.run(file, X)).containsExactly(2103, 2100, 2105, 2098, 2107, 2096);
    assertThat(files()).containsExactly("model.onnx");
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    OnnxWriter.write(sums(), file);
    byte[] first = Files.readAllBytes(file);
    OnnxWriter.write(OnnxReader.read(file), file);

    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  @Test
  void largeModelsGetTheirWeightsInASideFile() throws Exception {
    OnnxWriter.write(sums(), file, 4000);

    assertThat(files()).containsExactly("model.onnx", "model.onnx.data");
    GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph();
    assertThat(graph.getInitializerList())
        .extracting(TensorProto::getDataLocation)
        .containsExactly(DataLocation.EXTERNAL, DataLocation.EXTERNAL, DataLocation.DEFAULT);
    assertThat(graph.getInitializer(1).getExternalDataList())
        .extracting(StringStringEntryProto::getValue)
        .containsExactly("model.onnx.data", "8192", "4000");
    assertThat(ModelFile.bytes(file))
        .isEqualTo(Files.size(file) + Files.size(folder.resolve("model.onnx.data")));
    Networks.assertEqual(OnnxReader.read(file), OnnxReader.read(write("inline.onnx", sums())));
    assertThat(Runs.run(file, X)).isEqualTo(Runs.run(folder.resolve("inline.onnx"), X));
  }

  @Test
  void whatWasReadMayBeWrittenOver() throws Exception {
    OnnxWriter.write(sums(), file, 4000);
    float[] expected = Runs.run(file, X);

    OnnxWriter.write(OnnxReader.read(file), file, 4000);
    assertThat(Runs.run(file, X)).isEqualTo(expected);

    Network mapped = OnnxReader.read(file);
    OnnxWriter.write(mapped, file);
    OnnxWriter.write(OnnxReader.read(file), file);
    assertThat(Runs.run(file, X)).isEqualTo(expected);
    assertThat(mapped.weight("a").orElseThrow().floats()).hasSize(1100).containsOnly(1);
  }

  @Test
  void modelsTooLargeForBothAreRefused() {
    assertThatThrownBy(() -> OnnxWriter.write(sums(), file, 100))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bytes even with its weights in a side file");
    assertThat(files()).isEmpty();
  }

  @Test
  void weightsAreGraphInputsInIr3() throws Exception {
    Network network = sums().toBuilder().irVersion(3).build();

    OnnxWriter.write(network, file);

    GraphProto graph = ModelProto.parseFrom(Files.readAllBytes(file)).getGraph();
    assertThat(graph.getInputList())
        .extracting(i -> i.getName())
        .containsExactly("x", "a", "b", "c");
    assertThat(OnnxReader.read(file).inputs()).isEqualTo(network.inputs());
    assertThat(Runs.run(file, X)).containsExactly(2103, 2100, 2105, 2098, 2107, 2096);
  }

  @Test
  void halvesOfCharactersInMetadataBecomeQuestionMarks() {
    Network network = sums().toBuilder().metadata("card", "name: \ud83d!").build();

    OnnxWriter.write(network, file);

    assertThat(OnnxReader.read(file).metadata()).containsEntry("card", "name: ?!");
  }

  @Test
  void failureLeavesNothingBehindAndTheOldFileInPlace() throws IOException {
    Files.writeString(file, "old");
    Weight broken =
        Weight.of(
            "c",
            ElementType.FLOAT,
            Shape.of(),
            () -> {
              throw new IllegalStateException("broken");
            });
    Network network = sums().toBuilder().weight(broken).build();

    assertThatThrownBy(() -> OnnxWriter.write(network, file)).hasMessage("broken");
    assertThatThrownBy(() -> OnnxWriter.write(network, file, 4000)).hasMessage("broken");

    assertThat(files()).containsExactly("model.onnx");
    assertThat(file).hasContent("old");
  }

  @Test
  void placesThatCannotBeWrittenAreNamed() throws IOException {
    Path inFile = Files.writeString(folder.resolve("text"), "text").resolve("model.onnx");
    Path nowhere = folder.resolve("nowhere/model.onnx");
    Path root = folder.getRoot();

    for (Path bad : List.of(inFile, nowhere)) {
      assertThatThrownBy(() -> OnnxWriter.write(sums(), bad))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(bad + ": cannot be written: there is no folder " + bad.getParent());
    }
    for (Path bad : List.of(folder, root)) {
      assertThatThrownBy(() -> OnnxWriter.write(sums(), bad))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(bad + ": is a folder, expected a file");
    }
    Path longName = folder.resolve("x".repeat(300));
    assertThatThrownBy(() -> OnnxWriter.write(sums(), longName))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(longName + ": cannot be written: ");
  }

  /** y = x + sum of 1100 ones (a) + sum of 1000 ones (b) + 2 (c). */
  private static Network sums() {
    float[] ones = new float[1100];
    Arrays.fill(ones, 1);
    List<Dimension> dimensions = List.of(new Dimension.Fixed(2), new Dimension.Fixed(3));
    Map<String, Attribute> all = Map.of("keepdims", new Attribute.Int(0));
    return new Network.Builder("sums")
        .opset("", 13)
        .input(new Value("x", ElementType.FLOAT, dimensions))
        .output(new Value("y", ElementType.FLOAT, dimensions))
        .weight(Weight.ofFloats("a", Shape.of(1100), ones))
        .weight(Weight.ofFloats("b", Shape.of(1000), Arrays.copyOf(ones, 1000)))
        .weight(Weight.ofFloats("c", Shape.of(), 2))
        .node(Node.of("", "ReduceSum", List.of("a"), List.of("sum a"), all))
        .node(Node.of("", "ReduceSum", List.of("b"), List.of("sum b"), all))
        .node(Node.of("", "Sum", List.of("x", "sum a", "sum b", "c"), List.of("y"), Map.of()))
        .build();
  }

  private Path write(String name, Network network) {
    Path path = folder.resolve(name);
    OnnxWriter.write(network, path);
    return path;
  }

  private List<String> files() {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
