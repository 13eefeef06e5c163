package io.disassembler.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PixelRangeTest {
  private final Network.Builder builder =
      new Network.Builder("pixels.onnx")
          .opset("", 17)
          .input(new Value("x", ElementType.FLOAT, List.of()));
  private String last = "x";

  private void step(String operator, float... numbers) {
    String name = operator + last;
    builder.weight(Weight.ofFloats(name + "/by", Shape.of(1, numbers.length, 1, 1), numbers));
    node(operator, List.of(last, name + "/by"));
  }

  private void node(String operator, List<String> inputs) {
    String name = operator + last;
    builder.node(Node.of(name, operator, inputs, List.of(name), Map.of()));
    last = name;
  }

  private PixelRange range() {
    return PixelRange.of(builder.output(new Value(last, ElementType.FLOAT, List.of())).build());
  }

  @Test
  void bytesAreTakenWhereTheGraphDividesThem() {
    step("Div", 255);
    step("Sub", 0.485f, 0.456f, 0.406f);
    step("Div", 0.229f, 0.224f, 0.225f);
    node("Relu", List.of(last));
    PixelRange range = range();
    assertThat(range.scale()).contains(1);
    assertThat(range.nodes()).hasSize(3);
    assertThat(range.factor() * 255 + range.offset()).isBetween(2.0, 3.0);
  }

  @Test
  void bytesAreTakenWhereTheGraphCentresThem() {
    node("Transpose", List.of("x"));
    step("Mul", 1 / 127.5f);
    step("Add", -1);
    assertThat(range().scale()).contains(1);
  }

  @Test
  void unitsAreTakenWhereTheGraphNormalisesThem() {
    step("Sub", 0.485f, 0.456f, 0.406f);
    step("Div", 0.229f, 0.224f, 0.225f);
    assertThat(range().scale()).contains(255);
  }

  @Test
  void nothingIsKnownWhereTheGraphDoesNothing() {
    node("Relu", List.of("x"));
    assertThat(range().scale()).isEmpty();
  }

  /** Means of 0 to 255 without a division: what comes out suits neither. */
  @Test
  void nothingIsKnownWhereNeitherSuits() {
    step("Sub", 123.7f, 116.8f, 103.9f);
    assertThat(range().scale()).isEmpty();
  }
}
