package io.disassembler.engine;

import io.disassembler.base.InvalidInputException;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A covariance of channels, or sums of their products, with a ridge on its diagonal, factored
 * (Cholesky) so that equations with it can be solved. The ridge is what was asked for, or the least
 * multiple of it by powers of ten that rounding lets be factored: channels of values so large that
 * their products' rounding is more than what they vary by would else leave a singular matrix.
 */
public final class PositiveDefinite {
  private static final double STEP = 10;

  private final Tensor factor;

  private PositiveDefinite(Tensor factor) {
    this.factor = factor;
  }

  /**
   * Factors {@code matrix} plus {@code ridge} on its diagonal.
   *
   * @param matrix (C, C), float64, symmetric, finite
   * @param ridge (C), float64, above 0
   * @throws InvalidInputException if the matrix is not finite
   */
  public static PositiveDefinite of(Tensor matrix, Tensor ridge) {
    requireFinite(matrix);
    Tensor diagonal = torch.diag(ridge);
    while (true) {
      T_TensorTensor_T found = torch.linalg_cholesky_ex(matrix.add(diagonal), false, false);
      if (found.get1().item_long() == 0) {
        return new PositiveDefinite(found.get0());
      }
      diagonal = diagonal.mul(new Scalar(STEP));
    }
  }

  /**
   * Refuses sums of what networks compute that no equations can be made of.
   *
   * @throws InvalidInputException if a number is infinite or NaN
   */
  public static void requireFinite(Tensor matrix) {
    if (!matrix.isfinite().all().item_bool()) {
      throw new InvalidInputException(
          "the network computes numbers that are infinite or NaN on these images; expected finite ones");
    }
  }

  /**
   * X of (matrix + ridge) X = B.
   *
   * @param right B, (C, K)
   */
  public Tensor solve(Tensor right) {
    return torch.cholesky_solve(right, factor);
  }

  /** (matrix + ridge)^-1, (C, C). */
  public Tensor inverse() {
    return torch.cholesky_inverse(factor);
  }
}
