package io.disassembler.operator.shape;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Kernels that each pick one number of one channel, for convolutions in one group per channel. */
public final class Taps {
  private Taps() {}

  /**
   * As many kernels for each channel as a kernel has spatial positions, each 1 at its own.
   *
   * @param channels input channels, C
   * @param extents spatial extents of a kernel, T positions in all
   * @return (C * T, 1, extents...), channel by channel
   */
  public static Tensor ofEachChannel(long channels, long[] extents) {
    long taps = Arrays.stream(extents).reduce(1, (a, b) -> a * b);
    long[] shape = new long[extents.length + 2];
    shape[0] = channels * taps;
    shape[1] = 1;
    System.arraycopy(extents, 0, shape, 2, extents.length);
    return torch.eye(taps).repeat(channels, 1).reshape(shape);
  }
}
