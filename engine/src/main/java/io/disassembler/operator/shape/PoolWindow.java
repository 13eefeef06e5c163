package io.disassembler.operator.shape;

import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A pooling window laid over feature maps of known extents. All arrays have one entry per spatial
 * axis but {@code pads}.
 *
 * @param pads before each axis, then after each
 * @param slack what ceil_mode reaches beyond the padding
 * @param outputs extents of the pooled map
 */
public record PoolWindow(
    long[] extents,
    long[] kernel,
    long[] strides,
    long[] dilations,
    long[] pads,
    long[] slack,
    long[] outputs) {

  /** The window on feature maps of shape {@code sizes}: N, C, spatial... */
  public static PoolWindow of(SpatialWindow window, long[] sizes) {
    long[] extents = SpatialWindow.extents(sizes);
    int spatial = extents.length;
    long[] kernel = window.kernel(extents);
    long[] strides = window.strides(spatial);
    long[] dilations = window.dilations(spatial);
    long[] pads = window.pads(extents, kernel);
    long[] slack = new long[spatial];
    long[] outputs = new long[spatial];
    // SAME says how many outputs there are.
    boolean ceil = window.ceilMode() && !window.autoPad().startsWith("SAME");
    for (int i = 0; i < spatial; i++) {
      long padded = extents[i] + pads[i] + pads[spatial + i];
      long reach = (kernel[i] - 1) * dilations[i] + 1;
      outputs[i] = Math.floorDiv(padded - reach + (ceil ? strides[i] - 1 : 0), strides[i]) + 1;
      if (ceil && (outputs[i] - 1) * strides[i] >= extents[i] + pads[i]) {
        outputs[i]--; // a window that starts in the padding after the map
      }
      slack[i] = Math.max(0, (outputs[i] - 1) * strides[i] + reach - padded);
    }
    return new PoolWindow(extents, kernel, strides, dilations, pads, slack, outputs);
  }

  public int spatial() {
    return extents.length;
  }

  /** True if libtorch's poolings can do the padding themselves. */
  public boolean isNative() {
    for (int i = 0; i < spatial(); i++) {
      if (slack[i] > 0 || pads[i] > kernel[i] / 2 || pads[i] < 0) {
        return false;
      }
    }
    return SpatialWindow.isSymmetric(pads);
  }

  /** Padding before each spatial axis. */
  public long[] before() {
    return Arrays.copyOf(pads, spatial());
  }

  /** {@code x} padded with {@code value} so that every window fits. */
  public Tensor pad(Tensor x, Scalar value) {
    long[] all = pads.clone();
    for (int i = 0; i < spatial(); i++) {
      all[spatial() + i] += slack[i];
    }
    return Arrays.stream(all).allMatch(pad -> pad == 0)
        ? x
        : torch.constant_pad_nd(x, SpatialWindow.torchPads(all), value);
  }

  /** Sums of {@code x} over each window; padding counts 0. */
  public Tensor sum(Tensor x) {
    Tensor padded = pad(x, new Scalar(0.0));
    boolean dilated = Arrays.stream(dilations).anyMatch(dilation -> dilation != 1);
    if (dilated || spatial() > 3) {
      return sumByConvolution(padded);
    }
    LongOptional undivided = new LongOptional(1);
    long[] none = new long[spatial()];
    return switch (spatial()) {
      case 1 ->
          torch
              .avg_pool2d(
                  padded.unsqueeze(2),
                  new long[] {1, kernel[0]},
                  new long[] {1, strides[0]},
                  new long[2],
                  false,
                  true,
                  undivided)
              .squeeze(2);
      case 2 -> torch.avg_pool2d(padded, kernel, strides, none, false, true, undivided);
      default -> torch.avg_pool3d(padded, kernel, strides, none, false, true, undivided);
    };
  }

  private Tensor sumByConvolution(Tensor padded) {
    long[] ones = new long[spatial() + 2];
    Arrays.fill(ones, 1);
    System.arraycopy(kernel, 0, ones, 2, spatial());
    long[] single = new long[spatial() + 1];
    single[0] = 1;
    for (int i = 0; i < spatial(); i++) {
      single[i + 1] = padded.size(i + 2);
    }
    Tensor maps = padded.flatten(0, 1).unsqueeze(1);
    Tensor sums =
        torch.convolution(
            maps,
            padded.new_full(ones, new Scalar(1.0)),
            new TensorOptional(),
            strides,
            new long[spatial()],
            dilations,
            false,
            new long[spatial()],
            1);
    long[] shape = new long[spatial() + 2];
    shape[0] = padded.size(0);
    shape[1] = padded.size(1);
    System.arraycopy(outputs, 0, shape, 2, spatial());
    return sums.reshape(shape);
  }

  /**
   * Number of elements under each window along spatial axis {@code axis}.
   *
   * @param padding true to count declared padding
   */
  public float[] counts(int axis, boolean padding) {
    long low = padding ? -pads[axis] : 0;
    long high = extents[axis] + (padding ? pads[spatial() + axis] : 0);
    float[] counts = new float[Math.toIntExact(outputs[axis])];
    for (int o = 0; o < counts.length; o++) {
      for (long k = 0; k < kernel[axis]; k++) {
        long position = o * strides[axis] - pads[axis] + k * dilations[axis];
        counts[o] += position >= low && position < high ? 1 : 0;
      }
    }
    return counts;
  }
}
