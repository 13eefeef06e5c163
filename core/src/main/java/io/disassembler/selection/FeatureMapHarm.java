package io.disassembler.selection;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One feature map under elimination: how much each channel that is still there would be missed by
 * the layers that read it, if the others stood in for it as well as they linearly can.
 *
 * <p>With C the covariance of the channels (plus the ridge), P its inverse, and W the weights of
 * the readers, removing channel k and re-fitting the rest adds the squared error |w_k|^2 / P_kk
 * (Hassibi and Stork, Optimal Brain Surgeon, NeurIPS 1992, with the layer's input covariance as the
 * Hessian). Both P and the Gram matrix M = W'W are updated in place after every removal: their
 * lower triangles, over the channels that are left.
 */
final class FeatureMapHarm {
  private final int[] groups;
  private final double[][] precision;
  private final double[][] gram;

  /** Row of each channel in the matrices; -1 once it is removed. */
  private final int[] place;

  /** The channel in each row. */
  private final int[] channel;

  private int left;

  /**
   * @param groups the channel group of each channel
   * @param precision inverse of the channels' covariance; symmetric; taken over
   * @param gram W'W of the readers, weighed; symmetric; taken over
   */
  FeatureMapHarm(int[] groups, double[][] precision, double[][] gram) {
    this.groups = groups;
    this.precision = precision;
    this.gram = gram;
    left = groups.length;
    place = IntStream.range(0, left).toArray();
    channel = place.clone();
  }

  /** The channel group of each channel. */
  int[] groups() {
    return groups;
  }

  /**
   * Squared error that losing some channels at once adds to the readers' outputs: more than the sum
   * of what losing each alone does where they stand in for each other. What the channels that stay
   * cannot tell of the lost ones S has the covariance (P_SS)^-1, so the error is tr(M_SS
   * (P_SS)^-1).
   *
   * @param channels all still there
   */
  double harm(int[] channels) {
    if (channels.length == 1) {
      return harm(channels[0]);
    }
    int size = channels.length;
    double[][] factor = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = entry(precision, channels[i], channels[j]);
        for (int k = 0; k < j; k++) {
          rest -= factor[i][k] * factor[j][k];
        }
        // Infinite where rounding left nothing: such a channel adds no error, and hides none.
        factor[i][j] =
            i != j ? rest / factor[j][j] : rest > 0 ? Math.sqrt(rest) : Double.POSITIVE_INFINITY;
      }
    }
    double trace = 0;
    double[] column = new double[size];
    for (int c = 0; c < size; c++) {
      for (int i = 0; i < size; i++) {
        column[i] = entry(gram, channels[i], channels[c]);
        for (int k = 0; k < i; k++) {
          column[i] -= factor[i][k] * column[k];
        }
        column[i] /= factor[i][i];
      }
      for (int i = size - 1; i >= c; i--) {
        for (int k = i + 1; k < size; k++) {
          column[i] -= factor[k][i] * column[k];
        }
        column[i] /= factor[i][i];
      }
      trace += column[c];
    }
    return Math.max(0, trace);
  }

  /** Element of a symmetric matrix that has its lower triangle, by channels. */
  private double entry(double[][] matrix, int a, int b) {
    return matrix[Math.max(place[a], place[b])][Math.min(place[a], place[b])];
  }

  /** The same of channel {@code k} alone. */
  double harm(int k) {
    int row = place[k];
    return row >= 0 && precision[row][row] > 0
        ? Math.max(0, gram[row][row]) / precision[row][row]
        : 0;
  }

  /** Removes channels and lets the others stand in for them. */
  void remove(int[] channels) {
    Arrays.stream(channels).forEach(this::remove);
  }

  /** Removes channel {@code k} and lets the others stand in for it. */
  void remove(int k) {
    int row = place[k];
    double pivot = precision[row][row];
    if (pivot > 0) {
      double[] covered = column(precision, row);
      double[] lost = column(gram, row);
      double[] standIn = new double[left];
      for (int j = 0; j < left; j++) {
        standIn[j] = covered[j] / pivot;
      }
      for (int i = 0; i < left; i++) {
        double own = standIn[i];
        double from = covered[i];
        double cross = lost[row] * own - lost[i];
        double[] precisionRow = precision[i];
        double[] gramRow = gram[i];
        for (int j = 0; j <= i; j++) {
          precisionRow[j] -= from * standIn[j];
          gramRow[j] += cross * standIn[j] - own * lost[j];
        }
      }
    }
    close(row);
  }

  /** Row and column {@code row} of a symmetric matrix that has its lower triangle. */
  private double[] column(double[][] matrix, int row) {
    double[] column = new double[left];
    System.arraycopy(matrix[row], 0, column, 0, row + 1);
    for (int i = row + 1; i < left; i++) {
      column[i] = matrix[i][row];
    }
    return column;
  }

  /** Moves the last channel to {@code row}, whose channel is gone. */
  private void close(int row) {
    int last = --left;
    place[channel[row]] = -1;
    if (row != last) {
      for (double[][] matrix : List.of(precision, gram)) {
        for (int j = 0; j < row; j++) {
          matrix[row][j] = matrix[last][j];
        }
        for (int i = row + 1; i < last; i++) {
          matrix[i][row] = matrix[last][i];
        }
        matrix[row][row] = matrix[last][last];
      }
      channel[row] = channel[last];
      place[channel[row]] = row;
    }
  }
}
