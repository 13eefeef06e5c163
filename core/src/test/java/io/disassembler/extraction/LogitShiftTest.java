package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.Crew;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.recovery.Calibration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogitShiftTest {
  private static final Shape IMAGE = Shape.of(1, 1, 24, 24);
  private static final double EVEN_ODDS = 0.5;

  /** The pixel's value and a constant are its logit; Sigmoid decides, or nothing does. */
  private static Network network(double constant, boolean decides) {
    Network.Builder builder =
        new Network.Builder("one category")
            .opset("", 17)
            .input(
                new Value(
                    "image",
                    ElementType.FLOAT,
                    Stream.of(1, 1, 24, 24).<Dimension>map(Dimension.Fixed::new).toList()))
            .weight(Weight.ofFloats("w", Shape.of(1, 1, 1, 1), new float[] {1}))
            .weight(Weight.ofFloats("b", Shape.of(1), new float[] {(float) constant}))
            .node(Node.of("conv", "Conv", List.of("image", "w", "b"), List.of("logit"), Map.of()));
    if (decides) {
      builder.node(Node.of("end", "Sigmoid", List.of("logit"), List.of("mask"), Map.of()));
    }
    return builder
        .output(new Value(decides ? "mask" : "logit", ElementType.FLOAT, List.of()))
        .build();
  }

  private static Weight image(long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[Math.toIntExact(IMAGE.elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats("image", IMAGE, pixels);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bringsBackTheBoundaryThatACutMoved(boolean decides) {
    Network full = network(0, decides);
    Anatomy anatomy = Anatomy.of(full, Map.of("image", IMAGE));
    Calibration calibration =
        Calibration.of(
            anatomy,
            full.outputs().get(0).name(),
            Stream.of(1, 2, 3).map(seed -> Map.of("image", image(seed))).toList());
    LogitShift shift = LogitShift.of(anatomy, NetworkCard.unnamed(1), List.of(0)).orElseThrow();
    Network small = network(-1.5, decides);
    double found;
    try (Crew crew = Crew.ofOne(1)) {
      found = shift.best(small, calibration, crew).get(0);
      assertThat(shift.best(full, calibration, crew)).containsExactly(0.0);
    }
    assertThat(found).isBetween(1.3, 1.7);
    assertThat(shift.added(full, List.of(0.0))).isSameAs(full);

    float[] wanted = TrialRun.run(full, image(4), 1);
    float[] moved = TrialRun.run(small, image(4), 1);
    float[] back = TrialRun.run(shift.added(small, List.of(found)), image(4), 1);
    double threshold = decides ? EVEN_ODDS : 0;
    assertThat(differing(wanted, moved, threshold)).isGreaterThan(200);
    assertThat(differing(wanted, back, threshold)).isLessThan(40);
  }

  private static int differing(float[] wanted, float[] found, double threshold) {
    int differing = 0;
    for (int i = 0; i < wanted.length; i++) {
      differing += wanted[i] > threshold == found[i] > threshold ? 0 : 1;
    }
    return differing;
  }

  @Test
  void knowsNoneOfSeveralCategories() {
    Network.Builder two = network(0, false).toBuilder();
    two.weight(Weight.ofFloats("w", Shape.of(2, 1, 1, 1), new float[] {1, -1}));
    two.weight(Weight.ofFloats("b", Shape.of(2), new float[2]));
    Anatomy anatomy = Anatomy.of(two.build(), Map.of("image", IMAGE));
    assertThat(LogitShift.of(anatomy, NetworkCard.unnamed(2), List.of(0, 1))).isEmpty();
  }
}
