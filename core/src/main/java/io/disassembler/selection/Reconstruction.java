package io.disassembler.selection;

/**
 * One feature map under elimination: how much each channel that is still there would be missed by
 * the layers that read it, if the others stood in for it as well as they linearly can.
 *
 * <p>With C the covariance of the channels (plus the ridge), P its inverse, and W the weights of
 * the readers, removing channel k and re-fitting the rest adds the squared error |w_k|^2 / P_kk
 * (Hassibi and Stork, Optimal Brain Surgeon, NeurIPS 1992, with the layer's input covariance as the
 * Hessian). Both P and the Gram matrix M = W'W are updated in place after every removal.
 */
final class Reconstruction {
  private final int[] groups;
  private final double[][] precision;
  private final double[][] gram;

  /**
   * @param groups the channel group of each channel
   * @param precision inverse of the channels' covariance; taken over
   * @param gram W'W of the readers, each divided by the variance of its output; taken over
   */
  Reconstruction(int[] groups, double[][] precision, double[][] gram) {
    this.groups = groups;
    this.precision = precision;
    this.gram = gram;
  }

  /** The channel group of each channel. */
  int[] groups() {
    return groups;
  }

  /** Relative squared error that losing channel {@code k} adds to the readers' outputs. */
  double harm(int k) {
    return precision[k][k] > 0 ? Math.max(0, gram[k][k]) / precision[k][k] : 0;
  }

  /** Removes channel {@code k} and lets the others stand in for it. */
  void remove(int k) {
    int size = groups.length;
    double pivot = precision[k][k];
    if (!(pivot > 0)) {
      return;
    }
    double[] standIn = new double[size];
    double[] lost = gram[k].clone();
    for (int j = 0; j < size; j++) {
      standIn[j] = precision[k][j] / pivot;
    }
    for (int i = 0; i < size; i++) {
      double own = standIn[i];
      if (own == 0 && lost[i] == 0) {
        continue;
      }
      double fromPrecision = precision[i][k];
      double[] precisionRow = precision[i];
      double[] gramRow = gram[i];
      double cross = lost[k] * own - lost[i];
      for (int j = 0; j < size; j++) {
        precisionRow[j] -= fromPrecision * standIn[j];
        gramRow[j] += cross * standIn[j] - own * lost[j];
      }
    }
    for (int i = 0; i < size; i++) {
      precision[i][k] = 0;
      precision[k][i] = 0;
      gram[i][k] = 0;
      gram[k][i] = 0;
    }
  }
}
