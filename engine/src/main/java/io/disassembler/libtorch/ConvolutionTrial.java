package io.disassembler.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries whether libtorch's fast convolutions, which are oneDNN's, are right on this machine. */
final class ConvolutionTrial {
  private static final Logger LOG = LoggerFactory.getLogger(ConvolutionTrial.class);
  private static final double TOLERANCE = 1e-3;

  /**
   * N, C, K, kernel, H, W, stride, groups. Channels that do not fill a vector are where it was seen
   * to go wrong.
   */
  private static final int[][] CONVOLUTIONS = {
    {2, 7, 5, 3, 8, 8, 1, 1},
    {2, 13, 29, 3, 24, 40, 1, 1},
    {1, 100, 50, 3, 16, 16, 1, 1},
    {2, 16, 16, 3, 16, 16, 1, 1},
    {2, 33, 65, 1, 12, 16, 1, 1},
    {2, 11, 19, 5, 16, 16, 2, 1},
    {2, 30, 30, 3, 16, 16, 1, 30},
  };

  private ConvolutionTrial() {}

  /** Whether oneDNN's convolutions and their gradients agree with libtorch's own. */
  static boolean passes(Context context) {
    try (PointerScope scope = new PointerScope()) {
      context.setUserEnabledMkldnn(true);
      List<Tensor> found = convolutions(MemoryFormat.Contiguous);
      List<Tensor> channelsLast = convolutions(MemoryFormat.ChannelsLast);
      context.setUserEnabledMkldnn(false);
      List<Tensor> expected = convolutions(MemoryFormat.Contiguous);
      context.setUserEnabledMkldnn(true);
      return IntStream.range(0, found.size())
          .allMatch(
              i ->
                  near(found.get(i), expected.get(i))
                      && near(channelsLast.get(i), expected.get(i)));
    } catch (RuntimeException e) {
      LOG.debug("oneDNN cannot convolve", e);
      return false;
    }
  }

  /**
   * Outputs, the gradients of their squares' sums, and what transposed convolutions make of them.
   *
   * @param order that the kernels, and with them all, are in
   */
  private static List<Tensor> convolutions(MemoryFormat order) {
    List<Tensor> values = new ArrayList<>();
    for (int[] shape : CONVOLUTIONS) {
      int groups = shape[7];
      Tensor images = wave(shape[0], shape[1], shape[4], shape[5]).set_requires_grad(true);
      Tensor kernels =
          wave(shape[2], shape[1] / groups, shape[3], shape[3])
              .contiguous(order)
              .set_requires_grad(true);
      long[] stride = {shape[6], shape[6]};
      long[] padding = {shape[3] / 2, shape[3] / 2};
      long[] one = {1, 1};
      TensorOptional bias = new TensorOptional();
      Tensor output = torch.conv2d(images, kernels, bias, stride, padding, one, groups);
      output.square().sum().backward();
      Tensor transposed =
          torch.conv_transpose2d(
              output.detach(),
              kernels.detach(),
              bias,
              stride,
              padding,
              new long[] {0, 0},
              groups,
              1,
              1);
      values.addAll(List.of(output.detach(), images.grad(), kernels.grad(), transposed));
    }
    return values;
  }

  /** Not so where any value is not finite. */
  static boolean near(Tensor found, Tensor expected) {
    double difference = found.sub(expected).abs().max().item_double();
    return difference <= TOLERANCE * expected.abs().max().item_double();
  }

  /** Values in [-1, 1] without a pattern, the same each time. */
  private static Tensor wave(long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    Tensor steps = torch.arange(new Scalar((double) size));
    return steps.square().mul(new Scalar(0.7)).sin().reshape(shape);
  }
}
