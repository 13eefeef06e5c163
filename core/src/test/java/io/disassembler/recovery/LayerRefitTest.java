package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerRefitTest {

  /**
   * Channel 0 is channel 1 a pixel further, which no map from pixel to pixel can make up for, but
   * kernels of 3 x 3 can.
   */
  @Test
  void depthwiseKernelsAreRefittedChannelByChannel() {
    float[] apart = new float[2 * 3 * 9];
    for (int channel = 0; channel < 3; channel++) {
      apart[channel * 9 + 5] = channel + 1;
      apart[27 + channel * 9 + 4] = channel + 1;
    }
    float[] centers = new float[3 * 9];
    for (int channel = 0; channel < 3; channel++) {
      centers[channel * 9 + 4] = 1;
    }
    Anatomy anatomy =
        new SmallNetwork()
            .weight("w1", Shape.of(2, 3, 3, 3), apart)
            .weight("w2", Shape.of(3, 2, 1, 1), 1, 2, -1, 1, 0.5f, 1)
            .weight("w3", Shape.of(3, 1, 3, 3), centers)
            .weight("w4", Shape.of(3, 3, 1, 1))
            .node("Conv", List.of("image", "w1"), "a")
            .node("Conv", List.of("a", "w2"), "b")
            .node("Conv", List.of("b", "w3"), "c", Map.of("group", new Attribute.Int(3)))
            .node("Conv", List.of("c", "w4"), "logits")
            .anatomy("logits", 3, 8);
    assertThat(SmallNetwork.errorLeft(anatomy, "a", 0)).isLessThan(0.01);
  }

  /** All that is removed shows only below the floor of the bounded activation. */
  @Test
  void pixelwiseKernelsBeforeABoundedActivationSpendNothingOnWhatItCutsOff() {
    Anatomy anatomy =
        new SmallNetwork()
            .weight("w1", Shape.of(2, 3, 1, 1), 1, 0, 0, -1, 0, 0)
            .weight("w2", Shape.of(3, 2, 1, 1), 1, -5, 2, -9, 3, -2)
            .weight("w3", Shape.of(3, 3, 1, 1))
            .weight("floor", Shape.of(), 0)
            .weight("ceiling", Shape.of(), 6)
            .node("Conv", List.of("image", "w1"), "a")
            .node("Relu", List.of("a"), "b")
            .node("Conv", List.of("b", "w2"), "c")
            .node("Clip", List.of("c", "floor", "ceiling"), "d")
            .node("Conv", List.of("d", "w3"), "logits")
            .anatomy("logits", 3, 12);
    assertThat(SmallNetwork.errorLeft(anatomy, "a", 1)).isLessThan(0.5);
  }
}
