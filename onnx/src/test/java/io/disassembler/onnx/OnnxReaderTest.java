package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.graph.Value;
import io.disassembler.testing.Bundled;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxReaderTest {
  private final ModelProto model = Models.adding(Models.floats(List.of(1L), 1));

  @Test
  void whatIsNoFileIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("missing.onnx");

    assertThatThrownBy(() -> OnnxReader.read(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(missing + ": does not exist");
    assertThatThrownBy(() -> OnnxReader.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder + ": is a folder, expected a file");
  }

  @Test
  void bytesAndTheirFileAreTheSameNetwork() throws IOException {
    Network fromFile = OnnxReader.read(Bundled.network());
    Network fromBytes = OnnxReader.read(Files.readAllBytes(Bundled.network()), "bytes.onnx");

    assertThat(fromBytes.nodes()).isEqualTo(fromFile.nodes());
    assertThat(fromBytes.weights()).isEqualTo(fromFile.weights());
    // Also what is cut out of the middle of the bytes.
    assertThat(fromFile.weights().values())
        .filteredOn(weight -> weight.shape().rank() > 0)
        .isNotEmpty()
        .allSatisfy(
            weight -> {
              int[] last = {Math.toIntExact(weight.shape().dimension(0)) - 1};
              assertThat(fromBytes.weight(weight.name()).orElseThrow().select(0, last))
                  .isEqualTo(weight.select(0, last));
            });
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "jpg", jpeg);

    assertInvalid(new byte[0], "is empty, expected an ONNX model");
    assertInvalid(jpeg.toByteArray(), "is not an ONNX model");
    assertInvalid(
        "categories: [sky, road]\n".getBytes(StandardCharsets.UTF_8), "is not an ONNX model");
    assertInvalid("{}".getBytes(StandardCharsets.UTF_8), "is a JSON text, expected an ONNX model");
    assertInvalid(new byte[1000], "is not an ONNX model");
    assertInvalid(model.toBuilder().clearGraph().build(), "it has no graph");
    assertInvalid(model.toBuilder().clearIrVersion().build(), "it has no IR version");
    assertInvalid(
        model.toBuilder().setIrVersion(2).build(), "has IR version 2, expected 3 or newer");
    assertInvalid(
        model.toBuilder().clearOpsetImport().build(),
        "names no version of ONNX's own operator set");
    assertInvalid(
        model.toBuilder().clearOpsetImport().addOpsetImport(Models.opset("com.other", 17)).build(),
        "names no version of ONNX's own operator set");
    ModelProto.Builder silent = model.toBuilder();
    silent.getGraphBuilder().clearOutput();
    assertInvalid(silent.build(), "the network has no output");
  }

  @Test
  void newerIrVersionsAreTried() {
    assertThat(Models.read(model.toBuilder().setIrVersion(99).build()).irVersion()).isEqualTo(99);
  }

  @Test
  void truncatedAndDamagedFilesGiveNothingButAClearMessage() throws IOException {
    byte[] bytes = Files.readAllBytes(Bundled.network());
    for (int length = 0; length < bytes.length; length += 1 + length / 40) {
      assertInvalid(Arrays.copyOf(bytes, length), "");
    }
    Random random = new Random(7);
    byte[] small = model.toByteArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = Arrays.copyOf(small, 1 + random.nextInt(small.length));
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      readOrRefuse(damaged);
    }
  }

  /** Anything but {@link InvalidInputException} fails the test. */
  private static void readOrRefuse(byte[] bytes) {
    try {
      Network network = OnnxReader.read(bytes, "test.onnx");
      assertThat(network.nodes()).isNotNull();
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageStartingWith("test.onnx: ");
    }
  }

  @Test
  void dimensionsAreNumbersSymbolsOrUnknown() {
    ValueInfoProto.Builder input = Models.value("x", 7, -1, 0, 0).toBuilder();
    TensorShapeProto.Builder shape =
        input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    shape.getDimBuilder(2).setDimParam("height");
    shape.getDimBuilder(3).clearValue();
    ValueInfoProto.Builder output = Models.value("y").toBuilder();
    output.getTypeBuilder().getTensorTypeBuilder().clearShape();
    ModelProto.Builder changed = model.toBuilder();
    changed.getGraphBuilder().setInput(0, input).setOutput(0, output);

    Network network = Models.read(changed.build());

    assertThat(network.inputs().get(0).dimensions().orElseThrow())
        .containsExactly(
            new Dimension.Fixed(7),
            new Dimension.Symbolic(""),
            new Dimension.Symbolic("height"),
            new Dimension.Symbolic(""));
    assertThat(network.outputs().get(0).dimensions()).isEmpty();
  }

  @Test
  void weightsListedAsInputsAreNoInputs() {
    ModelProto.Builder changed = model.toBuilder();
    changed.getGraphBuilder().addInput(0, Models.value("w", 1));

    assertThat(Models.read(changed.build()).inputs()).extracting(Value::name).containsExactly("x");
  }

  @Test
  void inputsThatAreNoTensorsAreNamed() {
    TypeProto.Builder sequence =
        TypeProto.newBuilder().setSequenceType(TypeProto.Sequence.getDefaultInstance());
    assertInvalid(input(sequence), "graph input 'x' is of type sequence, not a tensor");
    assertInvalid(
        input(TypeProto.newBuilder().setOptionalType(TypeProto.Optional.getDefaultInstance())),
        "graph input 'x' is of type optional");
    assertInvalid(input(TypeProto.newBuilder()), "graph input 'x' is of no stated type");
    TypeProto.Builder strings = TypeProto.newBuilder();
    strings.getTensorTypeBuilder().setElemType(DataType.STRING_VALUE);
    assertInvalid(input(strings), "graph input 'x' is a tensor of element type STRING");
  }

  private ModelProto input(TypeProto.Builder type) {
    ModelProto.Builder changed = model.toBuilder();
    changed.getGraphBuilder().getInputBuilder(0).setType(type);
    return changed.build();
  }

  @Test
  void contradictionsAreNamed() {
    ModelProto.Builder twice = model.toBuilder();
    twice.getGraphBuilder().addInitializer(model.getGraph().getInitializer(0));
    assertInvalid(twice.build(), "weight 'w' is stored twice");

    ModelProto.Builder nameless = model.toBuilder();
    nameless.getGraphBuilder().getInitializerBuilder(0).clearName();
    assertInvalid(nameless.build(), "a weight of shape [1] has no name");

    assertInvalid(Models.of(Models.node("Relu", "nowhere", "y")), "reads 'nowhere'");
  }

  @Test
  void weightsInsideTheFileAreNotCopied(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(Models.read(model), file);

    assertThat(OnnxReader.read(file).weight("w").orElseThrow().data().isDirect()).isTrue();
  }

  private static void assertInvalid(ModelProto model, String cause) {
    assertInvalid(model.toByteArray(), cause);
  }

  private static void assertInvalid(byte[] bytes, String cause) {
    assertThatThrownBy(() -> OnnxReader.read(bytes, "test.onnx"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("test.onnx: ")
        .hasMessageContaining(cause)
        .hasMessageNotContaining("\n");
  }
}
