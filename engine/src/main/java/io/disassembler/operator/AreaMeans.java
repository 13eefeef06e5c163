package io.disassembler.operator;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Maps at a lower resolution. */
public final class AreaMeans {
  private AreaMeans() {}

  /**
   * The means over the areas that the pixels of smaller maps cover (PyTorch: {@code
   * adaptive_avg_pool2d}, {@code adaptive_avg_pool3d}).
   *
   * @param maps (..., H, W) or (..., D, H, W), with one or two axes before
   * @param extents height and width of the smaller maps, or depth, height and width
   */
  public static Tensor of(Tensor maps, long... extents) {
    return extents.length == 3
        ? torch.adaptive_avg_pool3d(maps, extents)
        : torch.adaptive_avg_pool2d(maps, extents);
  }
}
