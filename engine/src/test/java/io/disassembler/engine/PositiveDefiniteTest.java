package io.disassembler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.operator.TensorData;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PositiveDefiniteTest {
  private static Tensor matrix(double... values) {
    return Tensor.create(values).reshape(2, 2);
  }

  @Test
  void solvesAndInvertsWithTheRidgeThatWasAskedFor() {
    NativeScope.run(
        () -> {
          Tensor ridge = Tensor.create(1.0, 2.0);
          PositiveDefinite system = PositiveDefinite.of(matrix(1, 1, 1, 2), ridge);
          // (2 1; 1 4)^-1 = (4 -1; -1 2) / 7
          assertThat(TensorData.doubles(system.inverse()))
              .containsExactly(new double[] {4 / 7.0, -1 / 7.0, -1 / 7.0, 2 / 7.0}, within(1e-15));
          Tensor right = Tensor.create(1.0, 0.0).reshape(2, 1);
          assertThat(TensorData.doubles(system.solve(right)))
              .containsExactly(new double[] {4 / 7.0, -1 / 7.0}, within(1e-15));
        });
  }

  /** Of 1e20 nothing is left of the 1 that would make it regular. */
  @Test
  void addsMoreWhereRoundingLeavesASingularMatrix() {
    NativeScope.run(
        () -> {
          Tensor ridge = Tensor.create(1.0, 1.0);
          Tensor inverse = PositiveDefinite.of(matrix(1e20, 1e20, 1e20, 1e20), ridge).inverse();
          assertThat(inverse.isfinite().all().item_bool()).isTrue();
        });
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    NativeScope.run(
        () -> {
          Tensor ridge = Tensor.create(1.0, 1.0);
          assertThatThrownBy(() -> PositiveDefinite.of(matrix(Double.NaN, 0, 0, 1), ridge))
              .isInstanceOf(InvalidInputException.class)
              .hasMessageContaining("infinite or NaN");
        });
  }
}
