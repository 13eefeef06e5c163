package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.check.TrialRun;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastActivationsTest {
  private static final Shape MAPS = Shape.of(1, 3, 4, 5);

  /** Two activations with the same slopes, one after the other, the second without a name. */
  private static Network network(long opset, Shape slopes, float... values) {
    List<Dimension> dimensions =
        LongStream.of(MAPS.dimensions()).<Dimension>mapToObj(Dimension.Fixed::new).toList();
    return new Network.Builder("net.onnx")
        .opset("", opset)
        .input(new Value("image", ElementType.FLOAT, dimensions))
        .weight(Weight.ofFloats("slope", slopes, values))
        .node(Node.of("first", "PRelu", List.of("image", "slope"), List.of("between"), Map.of()))
        .node(Node.of("", "PRelu", List.of("between", "slope"), List.of("scores"), Map.of()))
        .output(new Value("scores", ElementType.FLOAT, dimensions))
        .build();
  }

  private static Weight image() {
    Random random = new Random(3);
    float[] pixels = new float[Math.toIntExact(MAPS.elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats("image", MAPS, pixels);
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 13, 22})
  void slopesUpToOneGiveTheSameNumbers(long opset) {
    for (Network slow :
        List.of(
            network(opset, Shape.of(3, 1, 1), 0.25f, 1, -0.5f),
            network(opset, Shape.of(1), 0.1f))) {
      Network fast = FastActivations.of(slow);
      assertThat(fast.nodes())
          .extracting(Node::operator)
          .containsExactly("Mul", "Max", "Mul", "Max");
      assertThat(TrialRun.run(fast, image(), 1)).containsExactly(TrialRun.run(slow, image(), 1));
    }
  }

  @Test
  void steeperSlopesGiveThemToRounding() {
    Network slow = network(17, Shape.of(3, 1, 1), 0.25f, 1.5f, -0.5f);
    Network fast = FastActivations.of(slow);
    assertThat(fast.nodes()).extracting(Node::operator).doesNotContain("PRelu", "Max");
    float[] expected = TrialRun.run(slow, image(), 1);
    float[] found = TrialRun.run(fast, image(), 1);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @Test
  void leavesWhatItCannotKnow() {
    Network old = network(7, Shape.of(3, 1, 1), 0.25f, 1, -0.5f);
    assertThat(FastActivations.of(old)).isSameAs(old);
    Network computed =
        old.toBuilder()
            .opset("", 17)
            .weights(List.of())
            .input(new Value("slope", ElementType.FLOAT, List.of(new Dimension.Fixed(1))))
            .build();
    assertThat(FastActivations.of(computed)).isSameAs(computed);
  }
}
