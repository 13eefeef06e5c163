package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundsTest {
  private static final Shape IMAGE = Shape.of(1, 3, 4, 4);

  private static Bounds bounds(
      long opset, String operator, List<String> inputs, Map<String, Attribute> attributes) {
    Value image =
        new Value(
            "image",
            ElementType.FLOAT,
            Arrays.stream(IMAGE.dimensions()).<Dimension>mapToObj(Dimension.Fixed::new).toList());
    Network network =
        new Network.Builder("test.onnx")
            .opset("", opset)
            .input(image)
            .weight(Weight.ofFloats("zero", Shape.of(), 0))
            .weight(Weight.ofFloats("six", Shape.of(), 6))
            .node(Node.of("node", operator, inputs, List.of("out"), attributes))
            .output(new Value("out", ElementType.FLOAT, image.dimensions().orElseThrow()))
            .build();
    return Anatomy.of(network, Map.of("image", IMAGE)).bounds(0);
  }

  @Test
  void clipReportsBoundsThatAreInputs() {
    assertThat(bounds(13, "Clip", List.of("image", "zero", "six"), Map.of()))
        .isEqualTo(new Bounds(0, 6));
    assertThat(bounds(13, "Clip", List.of("image", "", "six"), Map.of()))
        .isEqualTo(new Bounds(Double.NEGATIVE_INFINITY, 6));
    assertThat(bounds(13, "Clip", List.of("image"), Map.of())).isEqualTo(Bounds.NONE);
  }

  @Test
  void clipReportsBoundsThatAreAttributes() {
    Map<String, Attribute> both =
        Map.of("min", new Attribute.Real(-1), "max", new Attribute.Real(1));
    assertThat(bounds(6, "Clip", List.of("image"), both)).isEqualTo(new Bounds(-1, 1));
  }

  @Test
  void rectifiersHaveAFloorAlone() {
    assertThat(bounds(13, "Relu", List.of("image"), Map.of())).isEqualTo(Bounds.above(0));
    assertThat(Bounds.above(0).hasCeiling()).isFalse();
  }

  @Test
  void twoReadersTellApartWhatEitherDoes() {
    assertThat(new Bounds(0, 6).and(new Bounds(-3, 4))).isEqualTo(new Bounds(-3, 6));
    assertThat(new Bounds(0, 6).and(Bounds.NONE)).isEqualTo(Bounds.NONE);
  }
}
