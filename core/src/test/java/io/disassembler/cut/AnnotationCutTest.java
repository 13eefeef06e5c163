package io.disassembler.cut;

import static io.disassembler.cut.NetworkSketch.IMAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.RandomSelection;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What files say of values in between need not be true. */
class AnnotationCutTest {

  @Test
  void annotationsWithoutAxesAreLeftAsTheyAre() {
    NetworkSketch net = new NetworkSketch(17);
    String cut = net.convolution(IMAGE, 3, 8);
    String right = net.convolution(cut, 8, 8);
    Network network = net.endingIn(net.convolution(right, 8, 2)).anatomy.network();
    Value wrong = new Value(cut, ElementType.FLOAT, List.of());
    Value whole =
        new Value(
            right,
            ElementType.FLOAT,
            List.of(
                new Dimension.Fixed(2),
                new Dimension.Fixed(8),
                new Dimension.Fixed(6),
                new Dimension.Fixed(6)));
    Anatomy anatomy =
        Anatomy.of(
            network.toBuilder().annotations(List.of(wrong, whole)).build(),
            Map.of(IMAGE, NetworkSketch.SHAPE),
            1);

    Network result = Cutter.cut(anatomy, RandomSelection.of(anatomy.groups(), new Random(1)));

    assertThat(result.annotations().get(cut)).isEqualTo(wrong);
    assertThat(result.annotations().get(right).dimensions().orElseThrow().get(1))
        .isNotEqualTo(new Dimension.Fixed(8));
  }
}
