package io.disassembler.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerBarsTest {
  private static final Shape IMAGE = Shape.of(1, 3, 4, 4);

  /** One layer of three kernels whose node has no name. */
  private static Inspection ending(String value) {
    Network network =
        new Network.Builder("unnamed.onnx")
            .opset("", 17)
            .input(new Value("x", ElementType.FLOAT, List.of()))
            .weight(Weight.ofFloats("w", Shape.of(3, 3, 1, 1), new float[9]))
            .node(Node.of("", "Conv", List.of("x", "w"), List.of(value), Map.of()))
            .output(new Value(value, ElementType.FLOAT, List.of()))
            .build();
    return Inspection.of(Anatomy.of(network, Map.of("x", IMAGE), 1));
  }

  @Test
  void aLayerWithoutANameIsFoundBehindANewHead() {
    String bars = new LayerBars("Layers", ending("y"), ending("y/all")).content().get(1).render();

    assertThat(bars).contains("<td>3</td><td>3</td><td>100.0 %</td>");
  }
}
