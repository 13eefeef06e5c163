package io.disassembler.operator.shape;

import io.disassembler.operator.CannotRunException;

/**
 * One axis of a Resize and the coordinate that each new index has on the old axis. Coordinates are
 * computed in single precision, as ONNX Runtime does: what is nearest hangs on it.
 *
 * @param axis the axis, from the front
 * @param in extent before
 * @param out extent after
 * @param scale the exact factor, of which {@code out} may be the rounded effect
 * @param start where the region of interest starts, as a fraction of the axis
 * @param end where it ends
 */
public record ResizedAxis(int axis, int in, int out, float scale, float start, float end) {

  /** An axis without a region of interest. */
  public static ResizedAxis whole(int axis, long in, long out, float scale) {
    if (out < 0 || out > Integer.MAX_VALUE || (in == 0 && out > 0)) {
      throw new CannotRunException(
          "an axis of extent %d cannot become one of %d".formatted(in, out));
    }
    return new ResizedAxis(axis, Math.toIntExact(in), (int) out, scale, 0, 1);
  }

  /**
   * The coordinate of index {@code x}, by ONNX's coordinate_transformation_mode. At scale 1 it is
   * {@code x}: ONNX Runtime leaves such an axis alone, whatever the region of interest.
   */
  public float coordinate(int x, String mode) {
    if (scale == 1) {
      return x;
    }
    return switch (mode) {
      case "asymmetric" -> x / scale;
      case "pytorch_half_pixel" -> out > 1 ? (x + 0.5f) / scale - 0.5f : 0;
      case "tf_half_pixel_for_nn" -> (x + 0.5f) / scale;
      case "align_corners" -> out == 1 ? 0 : (float) x * (in - 1) / (out - 1);
      case "half_pixel_symmetric" -> {
        float adjustment = out / (scale * in);
        float center = in / 2f;
        yield center * (1 - adjustment) + (x + 0.5f) / scale - 0.5f;
      }
      case "tf_crop_and_resize" ->
          out > 1
              ? start * (in - 1) + x * (end - start) * (in - 1) / (out - 1)
              : 0.5f * (start + end) * (in - 1);
      default -> (x + 0.5f) / scale - 0.5f; // half_pixel
    };
  }

  /** True if the axis stays as it is. */
  public boolean isIdentity() {
    return in == out && scale == 1;
  }
}
