package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Shape;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NormalizationRefitTest {

  /** Mean energy, of which a cut takes some away: no layer reads it. */
  private static SmallNetwork energy(String shift) {
    return new SmallNetwork()
        .weight("w1", Shape.of(2, 3, 1, 1))
        .weight("w2", Shape.of(3, 2, 1, 1), 3, 0.5f, -3, 1, 2, -0.5f)
        .weight("gamma", Shape.of(3), 2, -1, 0.5f)
        .weight("beta", Shape.of(3), 1, 2, 3)
        .weight("mean", Shape.of(3), 1, 1, 1)
        .weight("variance", Shape.of(3), 1, 4, 9)
        .node("Conv", List.of("image", "w1"), "a")
        .node("Conv", List.of("a", "w2"), "b")
        .node("Mul", List.of("b", "b"), "square")
        .node(
            "AveragePool",
            List.of("square"),
            "energy",
            Map.of("kernel_shape", Attribute.Ints.of(4, 4), "strides", Attribute.Ints.of(4, 4)))
        .node(
            "BatchNormalization", List.of("energy", "gamma", shift, "mean", "variance"), "logits");
  }

  @Test
  void scaleAndShiftThatAreInNoLayerAreRefitted() {
    Anatomy anatomy = energy("beta").anatomy("logits", 3, 3);
    assertThat(SmallNetwork.errorLeft(anatomy, "a", 0)).isLessThan(0.5);
  }

  @Test
  void whatOthersReadTooIsLeftAlone() {
    Anatomy own = energy("beta").anatomy("logits", 3, 3);
    Anatomy shared = energy("mean").anatomy("logits", 3, 3);
    assertThat(NormalizationRefit.of(own, Selection.all(own.groups()))).hasSize(1);
    assertThat(NormalizationRefit.of(shared, Selection.all(shared.groups()))).isEmpty();
  }
}
