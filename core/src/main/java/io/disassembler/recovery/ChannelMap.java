package io.disassembler.recovery;

import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Predicts removed channels from kept ones, pixel by pixel: x_R ~ slope x_K + intercept.
 *
 * @param slope (R, K), float64
 * @param intercept (R), float64
 */
record ChannelMap(Tensor slope, Tensor intercept) {

  /** Predicts every removed channel by its mean. */
  static ChannelMap mean(Moments moments, int[] kept, int[] removed) {
    return new ChannelMap(
        torch.zeros(removed.length, kept.length).to(ScalarType.Double),
        select(means(moments), removed));
  }

  /**
   * Ridge regression from the moments of the untouched network: slope = C_RK (C_KK + lambda I)^-1,
   * intercept = m_R - slope m_K, where C is the covariance, m the mean, and lambda is {@code ridge}
   * times the mean variance of the kept channels.
   */
  static ChannelMap ridge(Moments moments, int[] kept, int[] removed, double ridge) {
    Tensor mean = means(moments);
    int channels = moments.channels();
    Tensor cross =
        Tensor.create(moments.cross())
            .reshape(channels, channels)
            .div(new Scalar((double) moments.count()));
    Tensor covariance = cross.sub(torch.outer(mean, mean));
    Tensor fromKept = covariance.index_select(1, indices(kept));
    Tensor keptKept = fromKept.index_select(0, indices(kept));
    Tensor removedKept = fromKept.index_select(0, indices(removed));
    double variance = keptKept.diagonal().mean().item_double();
    if (!(variance > 0)) {
      return mean(moments, kept, removed);
    }
    Tensor system =
        keptKept.add(
            torch.eye(kept.length).to(ScalarType.Double).mul(new Scalar(ridge * variance)));
    Tensor slope = torch.linalg_solve(system, removedKept.t()).t();
    Tensor intercept = select(mean, removed).sub(torch.matmul(slope, select(mean, kept)));
    return new ChannelMap(slope, intercept);
  }

  static Tensor indices(int[] indices) {
    return TensorData.ofLongs(Arrays.stream(indices).asLongStream().toArray(), indices.length);
  }

  private static Tensor means(Moments moments) {
    return Tensor.create(moments.sum()).div(new Scalar((double) moments.count()));
  }

  private static Tensor select(Tensor vector, int[] indices) {
    return vector.index_select(0, indices(indices));
  }
}
