package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.operator.TensorData;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class SelfProductsTest {

  @Test
  void areSumsOverPixels() {
    double[] x = {1, 2, -3, 4, 0.5, 6, 7, -8};
    double[] found =
        NativeScope.in(() -> TensorData.doubles(SelfProducts.of(Tensor.create(x).reshape(4, 2))));
    double[] expected = new double[4];
    for (int pixel = 0; pixel < 4; pixel++) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          expected[2 * i + j] += x[2 * pixel + i] * x[2 * pixel + j];
        }
      }
    }
    assertThat(found).containsExactly(expected, within(1e-12));
  }

  @Test
  void takeRowsThatAreNotSideBySide() {
    NativeScope.run(
        () -> {
          Tensor x = torch.arange(new Scalar(15.0)).to(ScalarType.Double).reshape(3, 5);
          assertThat(TensorData.doubles(SelfProducts.of(x.t())))
              .containsExactly(TensorData.doubles(x.mm(x.t())), within(1e-9));
        });
  }

  @Test
  void ofNoPixelsAreZero() {
    double[] none =
        NativeScope.in(
            () -> TensorData.doubles(SelfProducts.of(torch.zeros(0, 3).to(ScalarType.Double))));
    assertThat(none).containsOnly(0).hasSize(9);
  }
}
