package io.disassembler.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.cut.Cutter;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final Shape SHAPE = Shape.of(1, 3, 8, 8);
  private static final int WIDTH = 100;

  private final Anatomy anatomy = Anatomy.of(magnifying(), Map.of("image", SHAPE), 1);
  private final Selection some = RandomSelection.of(anatomy.groups(), new Random(3));
  private final Weight image =
      Weight.ofFloats("image", SHAPE, numbers(Math.toIntExact(SHAPE.elements())));

  @Test
  void roundingThatTheNetworkMagnifiesIsNoMistake() {
    Network cut = Cutter.cut(anatomy, some);

    Difference difference = Proof.cutAgainstMasked(anatomy, some, cut, image);

    assertThat(
            TrialRun.difference(
                TrialRun.masked(anatomy, some, "scores", image), TrialRun.run(cut, image, 1)))
        .isGreaterThan(TrialRun.TOLERANCE);
    assertThat(difference.holds()).isTrue();
    assertThat(difference.note()).isEqualTo("compared in floats of 64 bits");
  }

  @Test
  void anotherCutIsAMistakeAlsoWhereRoundingIsMagnified() {
    Selection other = RandomSelection.of(anatomy.groups(), new Random(4));

    Difference difference =
        Proof.cutAgainstMasked(anatomy, some, Cutter.cut(anatomy, other), image);

    assertThat(difference.holds()).isFalse();
  }

  /** sin(10^6 x) of a sum x over channels, which is about 1. */
  private static Network magnifying() {
    return new Network.Builder("magnifying.onnx")
        .opset("", 17)
        .input(
            new Value(
                "image",
                ElementType.FLOAT,
                List.<Dimension>of(
                    new Dimension.Fixed(1),
                    new Dimension.Fixed(3),
                    new Dimension.Fixed(8),
                    new Dimension.Fixed(8))))
        .weight(Weight.ofFloats("wide", Shape.of(WIDTH, 3, 1, 1), numbers(WIDTH * 3)))
        .weight(Weight.ofLongs("channels", 1))
        .weight(Weight.ofFloats("large", Shape.of(), 1e6f))
        .node(Node.of("a", "Conv", List.of("image", "wide"), List.of("x"), Map.of()))
        .node(Node.of("b", "ReduceSum", List.of("x", "channels"), List.of("y"), Map.of()))
        .node(Node.of("c", "Mul", List.of("y", "large"), List.of("z"), Map.of()))
        .node(Node.of("d", "Sin", List.of("z"), List.of("scores"), Map.of()))
        .output(new Value("scores", ElementType.FLOAT, List.of()))
        .build();
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian() / 16;
    }
    return numbers;
  }
}
