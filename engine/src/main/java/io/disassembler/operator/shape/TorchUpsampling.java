package io.disassembler.operator.shape;

import io.disassembler.operator.TensorData;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** libtorch's own upsampling kernels, for the resizings whose result they give exactly. */
final class TorchUpsampling {
  private TorchUpsampling() {}

  /** The resized feature maps (N, C, spatial...), or null if no kernel does just that. */
  static @Nullable Tensor apply(Tensor x, List<ResizedAxis> axes, Interpolation by) {
    int spatial = (int) x.dim() - 2;
    if (axes.isEmpty()) {
      return x;
    }
    boolean maps = spatial >= 1 && spatial <= 3 && TensorData.type(x).isFloating();
    if (!maps || axes.stream().anyMatch(axis -> axis.axis() < 2)) {
      return null;
    }
    long[] sizes = new long[spatial];
    double[] scales = new double[spatial];
    for (int i = 0; i < spatial; i++) {
      sizes[i] = x.size(i + 2);
      scales[i] = 1;
    }
    for (ResizedAxis axis : axes) {
      sizes[axis.axis() - 2] = axis.out();
      scales[axis.axis() - 2] = axis.scale();
    }
    if (by.mode().equals("nearest")) {
      boolean repeats = axes.stream().allMatch(axis -> repeats(axis, by));
      return repeats ? nearest(x, sizes) : null;
    }
    boolean corners = by.coordinates().equals("align_corners");
    if (by.antialias() || !(corners || axes.stream().allMatch(axis -> isHalfPixel(axis, by)))) {
      return null;
    }
    if (by.mode().equals("linear")) {
      return linear(x, sizes, corners, scales);
    }
    boolean usual = spatial == 2 && by.cubicA() == -0.75f && !by.excludeOutside();
    return usual
        ? torch.upsample_bicubic2d(x, sizes, corners, some(scales[0]), some(scales[1]))
        : null;
  }

  /** True if every element is repeated the same number of times. */
  private static boolean repeats(ResizedAxis axis, Interpolation by) {
    boolean whole = axis.out() % axis.in() == 0 && !by.coordinates().equals("tf_crop_and_resize");
    long[] sources = whole ? by.sources(axis) : new long[0];
    for (int i = 0; i < sources.length && whole; i++) {
      whole = sources[i] == i / (axis.out() / axis.in());
    }
    return whole;
  }

  private static boolean isHalfPixel(ResizedAxis axis, Interpolation by) {
    return switch (by.coordinates()) {
      case "half_pixel" -> true;
      case "pytorch_half_pixel" -> axis.out() > 1;
      default -> false;
    };
  }

  private static Tensor nearest(Tensor x, long[] sizes) {
    return switch (sizes.length) {
      case 1 -> torch.upsample_nearest1d(x, sizes);
      case 2 -> torch.upsample_nearest2d(x, sizes);
      default -> torch.upsample_nearest3d(x, sizes);
    };
  }

  private static Tensor linear(Tensor x, long[] sizes, boolean corners, double[] scales) {
    return switch (sizes.length) {
      case 1 -> torch.upsample_linear1d(x, sizes, corners, some(scales[0]));
      case 2 -> torch.upsample_bilinear2d(x, sizes, corners, some(scales[0]), some(scales[1]));
      default ->
          torch.upsample_trilinear3d(
              x, sizes, corners, some(scales[0]), some(scales[1]), some(scales[2]));
    };
  }

  private static DoubleOptional some(double scale) {
    return new DoubleOptional(scale);
  }
}
