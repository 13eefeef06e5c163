package io.disassembler.recovery;

import io.disassembler.engine.PositiveDefinite;
import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Predicts the C channels of a feature map from the K that are kept, pixel by pixel: x ~ slope x_K
 * + intercept.
 *
 * @param slope (C, K), float64
 * @param intercept (C), float64
 */
record ChannelMap(Tensor slope, Tensor intercept) {

  /** Leaves kept channels as they are and predicts every removed one by its mean. */
  static ChannelMap mean(Moments moments, int[] channels, int[] kept) {
    Tensor slope = identity(channels, kept);
    Tensor present = slope.sum(1);
    Tensor mean = select(means(moments), channels);
    return new ChannelMap(slope, mean.mul(present.neg().add(new Scalar(1.0))));
  }

  /**
   * Ridge regression from the moments of the untouched network: slope = C_XK (C_KK + lambda I)^-1,
   * intercept = m_X - slope m_K, where C is the covariance, m the mean, and lambda is {@code ridge}
   * times the mean variance of the kept channels. Kept channels are left as they are.
   *
   * @param channels the channels to predict
   * @param kept those of them to predict from
   */
  static ChannelMap ridge(Moments moments, int[] channels, int[] kept, double ridge) {
    Tensor mean = means(moments);
    int size = moments.channels();
    Tensor cross =
        Tensor.create(moments.cross())
            .reshape(size, size)
            .div(new Scalar((double) moments.count()));
    Tensor covariance = cross.sub(torch.outer(mean, mean));
    Tensor fromKept = covariance.index_select(1, indices(kept));
    Tensor keptKept = fromKept.index_select(0, indices(kept));
    double variance = keptKept.diagonal().mean().item_double();
    if (!(variance > 0)) {
      return mean(moments, channels, kept);
    }
    Tensor penalty =
        torch.ones(kept.length).to(ScalarType.Double).mul(new Scalar(ridge * variance));
    Tensor fitted =
        PositiveDefinite.of(keptKept, penalty)
            .solve(fromKept.index_select(0, indices(channels)).t())
            .t();
    Tensor identity = identity(channels, kept);
    Tensor isKept = identity.sum(1).reshape(-1, 1).gt(new Scalar(0.5));
    Tensor slope = torch.where(isKept, identity, fitted);
    Tensor intercept = select(mean, channels).sub(torch.matmul(slope, select(mean, kept)));
    return new ChannelMap(slope, intercept);
  }

  static Tensor indices(int[] indices) {
    return TensorData.ofLongs(Arrays.stream(indices).asLongStream().toArray(), indices.length);
  }

  /** 1 where a channel is the kept one. */
  private static Tensor identity(int[] channels, int[] kept) {
    double[] identity = new double[channels.length * kept.length];
    for (int k = 0; k < kept.length; k++) {
      identity[Arrays.binarySearch(channels, kept[k]) * kept.length + k] = 1;
    }
    return Tensor.create(identity).reshape(channels.length, kept.length);
  }

  private static Tensor means(Moments moments) {
    return Tensor.create(moments.sum()).div(new Scalar((double) moments.count()));
  }

  private static Tensor select(Tensor vector, int[] indices) {
    return vector.index_select(0, indices(indices));
  }
}
