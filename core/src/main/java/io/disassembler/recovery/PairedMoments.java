package io.disassembler.recovery;

import io.disassembler.engine.PositiveDefinite;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Sums over samples of the products of x, what the untouched network computes, and z, what the
 * sub-network computes, with a constant 1 after it: the C and K channels of the same feature map,
 * or the outputs of a layer and what its kernels read. The sums are float64.
 *
 * @param full sum of x x', (C, C)
 * @param cross sum of x z', (C, K + 1)
 * @param own sum of z z', (K + 1, K + 1)
 */
record PairedMoments(Tensor full, Tensor cross, Tensor own) {
  /** Keeps systems solvable where a channel is dead: its coefficient stays at the prior's. */
  private static final double TINY = 1e-9;

  static PairedMoments none(int channels, int kept) {
    return new PairedMoments(
        zeros(channels, channels), zeros(channels, kept + 1), zeros(kept + 1, kept + 1));
  }

  private static Tensor zeros(int rows, int columns) {
    return torch.zeros(rows, columns).to(ScalarType.Double);
  }

  /**
   * Moments of pixels; their products are computed at their own precision.
   *
   * @param x (C, P)
   * @param z (K, P)
   */
  static PairedMoments of(Tensor x, Tensor z) {
    Tensor constant = withConstant(z);
    return new PairedMoments(x.mm(x.t()), x.mm(constant.t()), constant.mm(constant.t()));
  }

  /** What {@link #tensors} returned. */
  static PairedMoments of(List<Tensor> tensors) {
    return new PairedMoments(tensors.get(0), tensors.get(1), tensors.get(2));
  }

  List<Tensor> tensors() {
    return List.of(full, cross, own);
  }

  /** Adds in place. */
  void add(PairedMoments other) {
    full.add_(other.full);
    cross.add_(other.cross);
    own.add_(other.own);
  }

  /** {@code z} with a row of ones after it. */
  static Tensor withConstant(Tensor z) {
    Tensor ones = torch.ones(1, z.size(1)).to(z.scalar_type());
    return torch.cat(new TensorVector(z, ones), 0);
  }

  /** Whether every sum is finite: an infinite activation teaches nothing. */
  boolean isFinite() {
    return Double.isFinite(own.sum().item_double()) && Double.isFinite(cross.sum().item_double());
  }

  PairedMoments plus(PairedMoments other) {
    return new PairedMoments(full.add(other.full), cross.add(other.cross), own.add(other.own));
  }

  /**
   * The summed squared error that predicting x by {@code map} z makes at the layer's outputs: tr(G
   * sum (x - A z)(x - A z)').
   *
   * @param gram G = W'W of the layer, (C, C)
   * @param map A, (C, K + 1)
   */
  double error(Tensor gram, Tensor map) {
    Tensor crossed = cross.mm(map.t());
    Tensor residual = full.sub(crossed).sub(crossed.t()).add(map.mm(own).mm(map.t()));
    return gram.mul(residual).sum().item_double();
  }

  /**
   * The map that predicts x from z best, drawn towards {@code prior} (but for its constant) by a
   * ridge.
   *
   * @param prior P, (C, K + 1)
   * @param ridge see {@link #system}
   */
  Tensor solve(Tensor prior, double ridge) {
    return system(ridge).solve(prior, cross);
  }

  /**
   * The equations of the regression, ready to be solved for several x.
   *
   * @param ridge lambda, as a share of the mean variance of z
   */
  Equations system(double ridge) {
    int size = Math.toIntExact(own.size(0));
    int last = size - 1;
    double count = own.select(0, last).select(0, last).item_double();
    Tensor mean = own.select(0, last).div(new Scalar(count));
    Tensor variance = own.diagonal().div(new Scalar(count)).sub(mean.mul(mean));
    double level = variance.narrow(0, 0, last).mean().item_double();
    double[] penalty = new double[size];
    Arrays.fill(penalty, (ridge * Math.max(0, level) + TINY) * count);
    penalty[last] = TINY * count;
    return new Equations(own, PositiveDefinite.of(own, Tensor.create(penalty)));
  }

  /**
   * Solves A = P + (sum x z' - P sum z z') (sum z z' + lambda I)^-1.
   *
   * @param own sum of z z'
   * @param regularised sum z z' + lambda I
   */
  record Equations(Tensor own, PositiveDefinite regularised) {
    Tensor solve(Tensor prior, Tensor cross) {
      Tensor residual = cross.sub(prior.mm(own));
      return prior.add(regularised.solve(residual.t()).t());
    }
  }
}
