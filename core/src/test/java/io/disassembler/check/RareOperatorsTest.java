package io.disassembler.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.boundary.Presentation;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Size;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators for which ONNX has no cases among those that come with it here: as ONNX Runtime. */
class RareOperatorsTest {
  @TempDir Path folder = Path.of("");

  private final Random random = new Random(3);
  private final Network.Builder network = new Network.Builder("rare.onnx").irVersion(10);

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void deformableConvolutions(int groups) {
    network.opset("", 22);
    String x = convolution("image", "x", 3, 8);
    String offsets = convolution("image", "offsets", 3, groups * 2 * 6);
    String mask = convolution("image", "mask", 3, groups * 6);
    weight("kernels", 5, 8, 2, 3);
    weight("biases", 5);
    Map<String, Attribute> attributes =
        Map.of(
            "offset_group", new Attribute.Int(groups),
            "dilations", Attribute.Ints.of(2, 1),
            "pads", Attribute.Ints.of(1, 1, 1, 1));
    node("DeformConv", attributes, "logits", x, "kernels", offsets, "biases", mask);

    requireParity(written());
  }

  @ParameterizedTest
  @ValueSource(strings = {"four axes", "three axes", "shared keys", "causal"})
  void attention(String form) {
    network.opset("", 23);
    boolean flat = !form.equals("four axes");
    int keys = form.equals("shared keys") ? 2 : 4;
    for (String operand : List.of("q", "k", "v")) {
      int width = operand.equals("q") ? 4 : keys;
      convolution("image", operand + ".x", 3, width * 4);
      String rows = "t" + operand;
      network.weight(Weight.ofLongs(operand + ".rows", 0, width * 4L, -1));
      node("Reshape", Map.of(), rows, operand + ".x", operand + ".rows");
      node("Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1)), operand + ".t", rows);
      if (!flat) {
        network.weight(Weight.ofLongs(operand + ".heads", 0, 0, 4, 4));
        node("Reshape", Map.of(), operand + ".h", operand + ".t", operand + ".heads");
        node("Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1, 3)), operand, operand + ".h");
      }
    }
    Map<String, Attribute> attributes =
        flat
            ? Map.of(
                "q_num_heads", new Attribute.Int(4),
                "kv_num_heads", new Attribute.Int(keys),
                "is_causal", new Attribute.Int(form.equals("causal") ? 1 : 0),
                "scale", new Attribute.Real(0.4f))
            : Map.of();
    node(
        "Attention",
        attributes,
        "mixed",
        flat ? "q.t" : "q",
        flat ? "k.t" : "k",
        flat ? "v.t" : "v");
    if (flat) {
      node("Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1)), "back", "mixed");
    } else {
      node("Transpose", Map.of("perm", Attribute.Ints.of(0, 1, 3, 2)), "back", "mixed");
    }
    network.weight(Weight.ofLongs("image.maps", 0, 16, 32, 32));
    node("Reshape", Map.of(), "logits", "back", "image.maps");

    requireParity(written());
  }

  @Test
  void blocksLaidOutAsImages() {
    network.opset("", 18);
    convolution("image", "x", 3, 4 * 2 * 3);
    network.weight(Weight.ofLongs("rows", 0, 0, -1));
    network.weight(Weight.ofLongs("extents", 32, 32));
    network.weight(Weight.ofLongs("block", 2, 3));
    node("Reshape", Map.of(), "blocks", "x", "rows");
    Map<String, Attribute> overlapping =
        Map.of("pads", Attribute.Ints.of(1, 2, 0, 2), "dilations", Attribute.Ints.of(1, 2));
    node("Col2Im", overlapping, "logits", "blocks", "extents", "block");

    requireParity(written());
  }

  @Test
  void whatOnnxRuntimeFused() {
    network.opset("", 17).opset("com.microsoft", 1);
    weight("first", 8, 3, 3, 3);
    weight("biases", 8);
    fused("x", "Relu", "image", "first", "biases");
    weight("second", 8, 8, 3, 3);
    fused("y", "Clip", "x", "second", "biases", "x");
    weight("third", 4, 8, 3, 3);
    fused("logits", "LeakyRelu", "y", "third");

    Path file = written();

    requireParity(file);
    assertThat(Presentation.floats(OnnxReader.read(file)).nodes())
        .extracting(Node::operator)
        .containsExactly("Conv", "Relu", "Conv", "Add", "Clip", "Conv", "LeakyRelu");
  }

  private void fused(String to, String activation, String... operands) {
    Map<String, Attribute> attributes =
        switch (activation) {
          case "Clip" ->
              Map.of(
                  "activation", new Attribute.Text(activation),
                  "activation_params", new Attribute.Reals(List.of(0f, 6f)),
                  "pads", Attribute.Ints.of(1, 1, 1, 1));
          case "LeakyRelu" ->
              Map.of(
                  "activation", new Attribute.Text(activation),
                  "activation_params", new Attribute.Reals(List.of(0.1f)),
                  "pads", Attribute.Ints.of(1, 1, 1, 1));
          default ->
              Map.of(
                  "activation",
                  new Attribute.Text(activation),
                  "pads",
                  Attribute.Ints.of(1, 1, 1, 1));
        };
    network.node(
        new Node(
            to + ".n",
            "FusedConv",
            "com.microsoft",
            Arrays.asList(operands),
            List.of(to),
            attributes,
            Opaque.NONE));
  }

  private Path written() {
    List<Dimension> image = List.of(fixed(1), fixed(3), fixed(32), fixed(32));
    Path file = folder.resolve("rare.onnx");
    OnnxWriter.write(
        network
            .input(new Value("image", ElementType.FLOAT, image))
            .output(new Value("logits", ElementType.FLOAT, Optional.empty(), Opaque.NONE))
            .build(),
        file);
    return file;
  }

  private static void requireParity(Path file) {
    Network read = Presentation.floats(OnnxReader.read(file));
    NetworkInput input = NetworkInput.of(read, new Size(32, 32));
    CheckResult result =
        NetworkCheck.run(
            file, read, input, Anatomy.of(read, input.shapes(), 1), new CheckSettings(2, 5, 1));
    assertThat(result.holds()).as(CheckReport.table(result)).isTrue();
    assertThat(result.parities()).isNotEmpty();
  }

  private static Dimension fixed(long extent) {
    return new Dimension.Fixed(extent);
  }

  private String convolution(String from, String to, int in, int out) {
    weight(to + ".w", out, in, 3, 3);
    return node("Conv", Map.of("pads", Attribute.Ints.of(1, 1, 1, 1)), to, from, to + ".w");
  }

  private String node(
      String operator, Map<String, Attribute> attributes, String to, String... from) {
    network.node(Node.of(to + ".n", operator, Arrays.asList(from), List.of(to), attributes));
    return to;
  }

  private void weight(String name, long... shape) {
    float[] values = new float[Math.toIntExact(Shape.of(shape).elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.4f * (float) random.nextGaussian();
    }
    network.weight(Weight.ofFloats(name, Shape.of(shape), values));
  }
}
