package io.disassembler.principal;

import io.disassembler.operator.TensorData;
import io.disassembler.profile.Moments;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The axes along which errors of C channels count most, the most important first. With C_x the
 * channels' covariance, G the {@linkplain io.disassembler.selection.ReaderGram what the layers that
 * read them make of errors}, S = G^(1/2) and V the eigenvectors of S C_x S, the channels z = V' S x
 * are uncorrelated, an error of any of them counts the same, and leaving out all but the first r
 * costs least of all ways to have r channels. Where channels are mixed in blocks alone, each block
 * has axes of its own.
 *
 * @param into V' S: makes z of x, (C, C), float64
 * @param back its inverse S^(-1) V: makes x of z
 * @param shares for each block what part of its whole each of z's channels is, descending
 */
record PrincipalAxes(Tensor into, Tensor back, List<double[]> shares) {
  /**
   * What every channel counts at least, as a share of the mean: none is lost for its own readers.
   */
  private static final double FLOOR = 0.01;

  /**
   * @param values moments of some values with the same channels; each counts the same, whatever its
   *     size
   * @param gram G, (C, C), float64
   * @param blocks how many blocks of as many channels each
   */
  static PrincipalAxes of(List<Moments> values, Tensor gram, int blocks) {
    Tensor covariance = torch.zeros_like(gram);
    for (Moments moments : values) {
      Tensor one = covariance(moments);
      double variance = one.trace().item_double();
      if (variance > 0) {
        covariance = covariance.add(one.div(new Scalar(variance)));
      }
    }
    Tensor into = torch.zeros_like(gram);
    Tensor back = torch.zeros_like(gram);
    List<double[]> shares = new ArrayList<>();
    long size = gram.size(0) / blocks;
    for (long from = 0; from < gram.size(0); from += size) {
      Eigen weight = Eigen.of(floored(block(gram, from, size)));
      Tensor roots = weight.values().sqrt();
      Tensor scale = weight.vectors().mul(roots).mm(weight.vectors().t());
      Tensor inverse = weight.vectors().div(roots).mm(weight.vectors().t());
      Eigen weighed = Eigen.of(scale.mm(block(covariance, from, size)).mm(scale));
      block(into, from, size).copy_(weighed.vectors().t().mm(scale));
      block(back, from, size).copy_(inverse.mm(weighed.vectors()));
      shares.add(shares(weighed.values()));
    }
    return new PrincipalAxes(into, back, shares);
  }

  private static Tensor block(Tensor matrix, long from, long size) {
    return matrix.narrow(0, from, size).narrow(1, from, size);
  }

  private static Tensor floored(Tensor gram) {
    double mean = gram.diagonal().mean().item_double();
    Tensor identity = torch.eye(gram.size(0)).to(ScalarType.Double);
    return mean > 0 ? gram.div(new Scalar(mean)).add(identity.mul(new Scalar(FLOOR))) : identity;
  }

  private static Tensor covariance(Moments moments) {
    int channels = moments.channels();
    Scalar count = new Scalar((double) Math.max(1, moments.count()));
    Tensor mean = Tensor.create(moments.sum()).div(count);
    return Tensor.create(moments.cross())
        .reshape(channels, channels)
        .div(count)
        .sub(torch.outer(mean, mean));
  }

  private static double[] shares(Tensor values) {
    double total = values.sum().item_double();
    double[] shares = new double[Math.toIntExact(values.size(0))];
    for (int k = 0; k < shares.length; k++) {
      shares[k] = total > 0 ? values.select(0, k).item_double() / total : 0;
    }
    return shares;
  }

  /** How many axes of each block it takes to have {@code share} of the whole in all of them. */
  int rank(double share) {
    return shares.stream().mapToInt(block -> rank(block, share)).max().orElse(0);
  }

  private static int rank(double[] shares, double share) {
    double sum = 0;
    int rank = 0;
    while (rank < shares.length && sum < share) {
      sum += shares[rank++];
    }
    return rank;
  }

  /** Moments of z where those of x are {@code moments}. */
  Moments turned(Moments moments) {
    int channels = moments.channels();
    Tensor cross = Tensor.create(moments.cross()).reshape(channels, channels);
    return new Moments(
        moments.count(),
        TensorData.doubles(into.mv(Tensor.create(moments.sum()))),
        TensorData.doubles(into.mm(cross).mm(into.t()).contiguous()),
        new double[channels]);
  }
}
