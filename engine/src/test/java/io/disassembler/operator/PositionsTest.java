package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.NativeScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class PositionsTest {
  @Test
  void areAGridThatBeginsAtTheFirst() {
    NativeScope.run(
        () -> {
          Tensor values = torch.arange(new org.bytedeco.pytorch.Scalar(40)).reshape(1, 2, 4, 5);
          assertThat(TensorData.longs(Positions.of(values, 3)))
              .containsExactly(0, 3, 15, 18, 20, 23, 35, 38);
        });
  }

  @Test
  void areAsManyAsWantedButNotManyMore() {
    assertThat(Positions.spacing(48 * 192 * 256, 20_000, 2)).isEqualTo(9);
    assertThat(Positions.spacing(1000, 20_000, 2)).isOne();
    assertThat(Positions.spacing(1000, 10, 1)).isEqualTo(99);
    assertThat(Positions.spacing(1000, 10, 0)).isOne();
  }
}
