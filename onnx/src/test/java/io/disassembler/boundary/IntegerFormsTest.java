package io.disassembler.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whole numbers in files, as floats and back. */
class IntegerFormsTest {
  private static final long SEED = 4;

  private final Random random = new Random(SEED);
  private final List<Node> nodes = new ArrayList<>();
  private final Network.Builder network =
      new Network.Builder("eight.onnx")
          .opset("", 17)
          .opset("com.microsoft", 1)
          .input(new Value("x", ElementType.FLOAT, Optional.empty(), Opaque.NONE))
          .output(new Value("y", ElementType.FLOAT, Optional.empty(), Opaque.NONE));

  private void node(String operator, String domain, List<String> inputs, String output) {
    nodes.add(
        new Node(output + ".n", operator, domain, inputs, List.of(output), Map.of(), Opaque.NONE));
  }

  private Network layer(Shape scales) {
    int count = Math.toIntExact(scales.elements());
    long[] numbers = random.longs(2 * 3 * 3 * 3, -127, 128).toArray();
    float[] steps = new float[count];
    float[] units = new float[count];
    for (int i = 0; i < count; i++) {
      steps[i] = 0.01f * (i + 1);
      units[i] = 0.02f * steps[i];
    }
    scalar("s", 0.02f);
    network.weight(QuantizedWeights.integers("z", ElementType.UINT8, Shape.of(), 7));
    network.weight(QuantizedWeights.integers("w", ElementType.INT8, Shape.of(2, 3, 3, 3), numbers));
    network.weight(Weight.ofFloats("ws", scales, steps));
    network.weight(QuantizedWeights.integers("b", ElementType.INT32, Shape.of(2), 500, -900));
    network.weight(Weight.ofFloats("bs", scales, units));
    node("QuantizeLinear", "", List.of("x", "s", "z"), "xq");
    node("DequantizeLinear", "", List.of("xq", "s", "z"), "xf");
    dequantize(List.of("w", "ws"), "wf");
    dequantize(List.of("b", "bs"), "bf");
    node("Conv", "", List.of("xf", "wf", "bf"), "c");
    node("QuantizeLinear", "", List.of("c", "s", "z"), "yq");
    node("DequantizeLinear", "", List.of("yq", "s", "z"), "y");
    return network.nodes(nodes).build();
  }

  private void dequantize(List<String> inputs, String output) {
    nodes.add(
        Node.of(
            output + ".n",
            "DequantizeLinear",
            inputs,
            List.of(output),
            Map.of("axis", new Attribute.Int(0))));
  }

  private static Weight weight(Network network, String name) {
    return network.weight(name).orElseThrow();
  }

  private void scalar(String name, float value) {
    network.weight(Weight.ofFloats(name, Shape.of(), value));
  }

  @Test
  void arePresentedAsFloats() {
    Network read = Presentation.floats(layer(Shape.of(2)));

    assertThat(read.nodes())
        .extracting(Node::operator)
        .containsExactly("FakeQuantize", "Conv", "FakeQuantize");
    Weight kernels = weight(read, "wf");
    Quantized stored = kernels.quantized().orElseThrow();
    assertThat(kernels.floats()[53]).isEqualTo(stored.values().integers()[53] * 0.02f);
    assertThat(weight(read, "bf").floats())
        .containsExactly(new float[] {0.1f, -0.36f}, within(1e-6f));
  }

  @Test
  void whatIsOnlyCutKeepsItsNumbersAndScales() {
    Network read = Presentation.floats(layer(Shape.of(2)));
    Network written =
        FileForm.of(
            read.toBuilder()
                .weight(weight(read, "wf").select(0, new int[] {1}).select(1, new int[] {0, 2}))
                .weight(weight(read, "bf").select(0, new int[] {1}))
                .build());

    assertThat(weight(written, "ws").floats()).containsExactly(0.02f);
    assertThat(weight(written, "b").integers()).containsExactly(-900);
    long[] all = weight(read, "wf").quantized().orElseThrow().values().integers();
    assertThat(weight(written, "w").integers())
        .startsWith(all[27], all[28])
        .endsWith(all[52], all[53])
        .hasSize(18);
  }

  @Test
  void whatChangesGetsScalesThatSuitIt() {
    for (Shape scales : List.of(Shape.of(2), Shape.of())) {
      nodes.clear();
      Network read = Presentation.floats(layer(scales));
      float[] changed = weight(read, "wf").floats();
      long[] before = weight(read, "wf").quantized().orElseThrow().values().integers();
      for (int i = 0; i < changed.length; i++) {
        changed[i] *= 0.1f + (float) random.nextDouble();
      }
      Network written =
          FileForm.of(
              read.toBuilder()
                  .weight(Weight.ofFloats("wf", Shape.of(2, 3, 3, 3), changed))
                  .build());

      float[] steps = weight(written, "ws").floats();
      float[] units = weight(written, "bs").floats();
      long[] numbers = weight(written, "w").integers();
      assertThat(weight(written, "w").type()).isEqualTo(ElementType.INT8);
      assertThat(Arrays.stream(numbers).map(Math::abs).max())
          .as("they go as far as before")
          .isEqualTo(Arrays.stream(before).map(Math::abs).max());
      for (int i = 0; i < changed.length; i++) {
        float step = steps[i / 27 % steps.length];
        assertThat(numbers[i] * step).isCloseTo(changed[i], within(0.5001f * step));
      }
      for (int i = 0; i < units.length; i++) {
        assertThat(units[i]).isEqualTo(0.02f * steps[i]);
      }
      assertThat(weight(written, "b").integers()[0] * units[0])
          .isCloseTo(0.1f, within(2 * units[0] + 1e-6f));
    }
  }

  @Test
  void operatorsOnWholeNumbersComeBack() {
    scalar("s", 0.02f);
    scalar("t", 0.5f);
    network.weight(QuantizedWeights.integers("z", ElementType.UINT8, Shape.of(), 7));
    node("QuantizeLinear", "", List.of("x", "s", "z"), "q");
    node("MaxPool", "", List.of("q"), "p");
    node("QLinearAdd", "com.microsoft", List.of("q", "s", "z", "p", "s", "z", "t", "z"), "sum");
    node("QLinearConcat", "com.microsoft", List.of("t", "z", "sum", "t", "z", "q", "s", "z"), "j");
    node("QLinearSigmoid", "com.microsoft", List.of("j", "t", "z", "s", "z"), "g");
    node("DequantizeLinear", "", List.of("g", "s", "z"), "y");
    Network stored = network.nodes(nodes).build();

    Network read = Presentation.floats(stored);
    assertThat(read.nodes())
        .extracting(Node::operator)
        .containsExactly(
            "FakeQuantize",
            "MaxPool",
            "Add",
            "FakeQuantize",
            "Concat",
            "FakeQuantize",
            "Sigmoid",
            "FakeQuantize");
    Network written = FileForm.of(read);
    assertThat(written.nodes())
        .extracting(Node::operator)
        .containsExactlyElementsOf(stored.nodes().stream().map(Node::operator).toList());
    assertThat(written.nodes().get(3).inputs().subList(0, 2)).containsExactly("t", "z");
  }

  /** ONNX Runtime's tools leave a Resize between operators on whole numbers as it is. */
  @Test
  void interpolationRoundsLikeWhatItReads() {
    scalar("s", 0.02f);
    network.weight(QuantizedWeights.integers("z", ElementType.UINT8, Shape.of(), 7));
    network.weight(Weight.ofFloats("scales", Shape.of(4), 1, 1, 2, 2));
    node("QuantizeLinear", "", List.of("x", "s", "z"), "q");
    Map<String, Attribute> linear = Map.of("mode", new Attribute.Text("linear"));
    nodes.add(Node.of("r.n", "Resize", List.of("q", "", "scales"), List.of("r"), linear));
    node("DequantizeLinear", "", List.of("r", "s", "z"), "y");

    Network read = Presentation.floats(network.nodes(nodes).build());

    assertThat(read.nodes())
        .extracting(Node::operator)
        .containsExactly("FakeQuantize", "Resize", "FakeQuantize");
    assertThat(FileForm.of(read).nodes())
        .extracting(Node::operator)
        .containsExactly(
            "QuantizeLinear", "DequantizeLinear", "Resize", "QuantizeLinear", "DequantizeLinear");
  }

  @Test
  void numbersThatAreReadAsTheyAreStay() {
    scalar("s", 0.02f);
    node("QuantizeLinear", "", List.of("x", "s"), "q");
    node("Cast", "", List.of("q"), "y");

    assertThat(Presentation.floats(network.nodes(nodes).build()).nodes())
        .extracting(Node::operator)
        .containsExactly("FakeQuantize", "QuantizeLinear", "Cast");
  }

  @Test
  void scalesThatCannotBeAreRefused() {
    Network fine = layer(Shape.of(2));
    refused(fine.toBuilder().weight(Weight.ofFloats("ws", Shape.of(2), 1, 0)).build())
        .hasMessage(
            "eight.onnx: node 'wf.n' (DequantizeLinear): scale 'ws' should be positive, found 0.0; quantise the model again");
    refused(fine.toBuilder().weight(Weight.ofFloats("ws", Shape.of(3), 1, 1, 1)).build())
        .hasMessageContaining("expected 1 scale or 2")
        .hasMessageContaining("found [3]");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(Network network) {
    return assertThatThrownBy(() -> Presentation.floats(network))
        .isInstanceOf(InvalidInputException.class);
  }
}
