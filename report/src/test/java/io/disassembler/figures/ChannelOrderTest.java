package io.disassembler.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelOrderTest {
  @Test
  void channelsStandWithTheCategoryThatTheyStandOutFor() {
    double[][] vectors = {
      {0.1, 1.0, 0.0, 0.9},
      {1.0, 0.2, 0.8, 0.8},
      {0.0, 0.0, 0.1, 0.0},
    };

    ChannelOrder order = ChannelOrder.of(vectors, List.of("sky", "road", "car"));

    assertThat(order.channels()).containsExactly(1, 3, 0, 2);
    assertThat(order.spans())
        .containsExactly(new Axis.Span("sky", 0, 2), new Axis.Span("road", 2, 4));
    assertThat(order.arranged(new double[] {10, 11, 12, 13})).containsExactly(11, 13, 10, 12);
  }

  @Test
  void vectorsAreRelativeToTheirLargestElement() {
    assertThat(ChannelOrder.relative(new double[] {1, 4, 2})).containsExactly(0.25, 1, 0.5);
    assertThat(ChannelOrder.relative(new double[2])).containsExactly(0, 0);
  }
}
