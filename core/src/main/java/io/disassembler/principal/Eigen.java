package io.disassembler.principal;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix without negative ones, the largest first.
 *
 * @param values (C), float64
 * @param vectors (C, C), one in each column; each points to where its numbers add up to more than 0
 */
record Eigen(Tensor values, Tensor vectors) {

  static Eigen of(Tensor matrix) {
    T_TensorTensor_T found = torch.linalg_eigh(matrix, "L");
    Tensor vectors = found.get1().flip(1);
    Tensor negative = vectors.sum(0).lt(new Scalar(0)).to(ScalarType.Double);
    Tensor signs = negative.mul(new Scalar(-2)).add(new Scalar(1));
    return new Eigen(found.get0().flip(0).clamp_min(new Scalar(0)), vectors.mul(signs));
  }
}
