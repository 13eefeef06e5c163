package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of {@code shared/cases/formats} and forms like them: each runs as in ONNX Runtime, is cut,
 * and so much of it can be cut into; and what is refused, in one line that says what to do.
 */
class FormatsTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({
    "attention-op-opset23.onnx, , 1",
    "deformconv.onnx, , 1",
    "maxunpool-dynamo-scatternd.onnx, , 1",
    "reach-metric-ignores-attention-matmul.onnx, , 1",
    "second-input-scalar.onnx, gain=1, 1",
    "condconv-computed-weights.onnx, , 0.99",
  })
  void runsAndIsCut(String name, String constant, double reach) throws IOException {
    Path json = folder.resolve("check.json");
    Object[] check = {"check", Shared.file("cases/formats/" + name), "--cuts", 3, "--json", json};
    Object[] fixed = constant == null ? new Object[] {} : new Object[] {"--fix", constant};

    Invocation.succeed(Invocation.join(check, fixed));

    JsonNode said = new ObjectMapper().readTree(json.toFile());
    assertThat(said.get("cuttableMacsShare").asDouble()).isGreaterThanOrEqualTo(reach);
    assertThat(said.get("channelGroups").asInt()).isPositive();
    assertThat(said.get("cuts")).hasSize(3);
  }

  @Test
  void scoresWithoutDeclaredAxes() throws IOException {
    Network plain = OnnxReader.read(Shared.file("cases/formats/nhwc-static.onnx"));
    Value scores = plain.outputs().get(0);
    Path file =
        write(
            plain.toBuilder()
                .outputs(
                    List.of(
                        new Value(scores.name(), scores.type(), Optional.empty(), Opaque.NONE))));

    Invocation checked = Invocation.succeed("check", file, "--cuts", 2);

    assertThat(checked.err()).contains("output N x H x W x C");
  }

  @Test
  void volumesWithTheirChannelsLast() throws IOException {
    Network plain = OnnxReader.read(Shared.file("cases/formats/volume-3d.onnx"));
    List<Dimension> d = plain.inputs().get(0).dimensions().orElseThrow();
    List<Dimension> last = List.of(d.get(0), d.get(2), d.get(3), d.get(4), d.get(1));
    Path file = write(FileForms.images(plain, last, 0L, 4L, 1L, 2L, 3L).toBuilder());

    Invocation checked = Invocation.succeed("check", file, "--cuts", 2);

    assertThat(checked.err()).contains("images N x D x H x W x C, output N x C x D x H x W");
  }

  @ParameterizedTest
  @CsvSource({
    "RandomUniformLike, Random numbers are others in each run, a constant",
    "DFT, complex numbers, MatMul",
    "Loop, known without an image, fixed sizes",
  })
  void operatorsThatCannotBeComparedOrCutAreRefused(String operator, String why, String advice)
      throws IOException {
    Path file = write(network().input(image("image", 3)), node(operator, "scores", "image"));

    refused(Invocation.of("check", file), operator, why, advice);
  }

  @Test
  void twoImagesAreRefused() throws IOException {
    Path file =
        write(
            network().input(image("before", 3)).input(image("after", 3)),
            node("Sub", "scores", "before", "after"));

    refused(Invocation.of("check", file), "[before, after]", "splits them first", "bands");
  }

  @Test
  void inputsThatNothingReadsAreNoImages() throws IOException {
    Path file =
        write(
            network()
                .input(image("image", 3))
                .input(image("left", 3))
                .weight(random("first", 8, 3, 3, 3))
                .weight(random("head", 3, 8, 1, 1)),
            node("Conv", "x", "image", "first"),
            node("Conv", "scores", "x", "head"));

    Invocation checked = Invocation.succeed("check", file, "--cuts", 3);

    assertThat(checked.out()).contains("100.0 % can be cut");
  }

  /** The way out that the refusal names. */
  @Test
  void twoImagesAsBandsOfOne() throws IOException {
    Path file =
        write(
            network()
                .input(image("image", 6))
                .weight(random("shared", 8, 3, 3, 3))
                .weight(random("head", 3, 8, 1, 1)),
            Node.of(
                "split",
                "Split",
                List.of("image"),
                List.of("before", "after"),
                Map.of("axis", new Attribute.Int(1))),
            node("Conv", "first", "before", "shared"),
            node("Conv", "second", "after", "shared"),
            node("Sub", "difference", "first", "second"),
            node("Abs", "change", "difference"),
            node("Conv", "scores", "change", "head"));

    Invocation checked = Invocation.succeed("check", file, "--cuts", 3);

    assertThat(checked.out()).contains("100.0 % can be cut");
  }

  private static Network.Builder network() {
    return new Network.Builder("network.onnx")
        .opset("", 17)
        .output(new Value("scores", ElementType.FLOAT, Optional.empty(), Opaque.NONE));
  }

  private static Value image(String name, int channels) {
    return new Value(
        name,
        ElementType.FLOAT,
        Stream.of(1, channels, 16, 16).<Dimension>map(Dimension.Fixed::new).toList());
  }

  private static Weight random(String name, long... extents) {
    Shape shape = Shape.of(extents);
    Random random = new Random(name.hashCode());
    float[] values = new float[(int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats(name, shape, values);
  }

  private static Node node(String operator, String output, String... inputs) {
    return Node.of(output, operator, List.of(inputs), List.of(output), Map.of());
  }

  private Path write(Network.Builder network, Node... nodes) throws IOException {
    for (Node node : nodes) {
      network.node(node);
    }
    Path file = folder.resolve("network.onnx");
    OnnxWriter.write(network.build(), file);
    return file;
  }

  private static void refused(Invocation invocation, String... words) {
    assertThat(invocation.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(invocation.err().lines()).hasSize(1);
    assertThat(invocation.err()).contains(words);
  }
}
