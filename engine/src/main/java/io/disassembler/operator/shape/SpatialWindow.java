package io.disassembler.operator.shape;

import io.disassembler.base.InvalidInputException;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sliding window that convolutions and poolings share: ONNX's kernel_shape, strides, dilations,
 * pads and auto_pad.
 *
 * @param kernel extents of the window; null if the weight decides
 * @param strides null: all 1
 * @param dilations null: all 1
 * @param pads begins, then ends; null: none
 * @param autoPad NOTSET, SAME_UPPER, SAME_LOWER or VALID
 * @param ceilMode output extents are rounded up
 */
public record SpatialWindow(
    long @Nullable [] kernel,
    long @Nullable [] strides,
    long @Nullable [] dilations,
    long @Nullable [] pads,
    String autoPad,
    boolean ceilMode) {
  /** Beyond any map; libtorch crashes on strides of more, and walks kernels of more for hours. */
  private static final long MOST = 1 << 20;

  public static SpatialWindow parse(Attributes attributes) {
    return new SpatialWindow(
        pixels(attributes, "kernel_shape"),
        pixels(attributes, "strides"),
        pixels(attributes, "dilations"),
        pixels(attributes, "pads"),
        attributes.choice("auto_pad", "NOTSET", "NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"),
        attributes.flag("ceil_mode", false));
  }

  /**
   * An attribute that counts pixels.
   *
   * @throws InvalidInputException if one of its numbers is beyond any map
   */
  public static long @Nullable [] pixels(Attributes attributes, String key) {
    long[] numbers = attributes.integers(key);
    if (numbers != null && Arrays.stream(numbers).anyMatch(n -> n > MOST || n < -MOST)) {
      throw attributes.refuse(key, "numbers up to " + MOST, Arrays.toString(numbers));
    }
    return numbers;
  }

  /** The extents of the window; {@code weight} gives them where the node does not. */
  public long[] kernel(long[] weight) {
    if (kernel == null) {
      return weight;
    }
    CannotRunException.requireCount("kernel_shape", weight.length, kernel.length);
    return kernel;
  }

  public long[] strides(int spatial) {
    return strides != null ? steps("strides", strides, spatial) : filled(spatial, 1);
  }

  public long[] dilations(int spatial) {
    return dilations != null ? steps("dilations", dilations, spatial) : filled(spatial, 1);
  }

  private static long[] steps(String name, long[] given, int spatial) {
    CannotRunException.requireCount(name, spatial, given.length);
    if (Arrays.stream(given).anyMatch(step -> step < 1)) {
      throw new CannotRunException(
          "%s: expected numbers of at least 1, found %s".formatted(name, Arrays.toString(given)));
    }
    return given;
  }

  /**
   * The spatial extents of a value or a weight.
   *
   * @param sizes all of its extents, the spatial ones after the first two
   */
  public static long[] extents(long[] sizes) {
    if (sizes.length < 2) {
      throw new CannotRunException("expected at least 2 axes, found " + sizes.length);
    }
    return Arrays.copyOfRange(sizes, 2, sizes.length);
  }

  /** Padding before each spatial axis, then after each, for an input of {@code extents}. */
  public long[] pads(long[] extents, long[] window) {
    int spatial = extents.length;
    if (autoPad.equals("NOTSET")) {
      if (pads == null) {
        return filled(2 * spatial, 0);
      }
      CannotRunException.requireCount("pads", 2L * spatial, pads.length);
      return pads;
    }
    long[] result = filled(2 * spatial, 0);
    if (autoPad.equals("VALID")) {
      return result;
    }
    CannotRunException.requireCount("extents of the window", spatial, window.length);
    for (int i = 0; i < spatial; i++) {
      long stride = strides(spatial)[i];
      long reach = (window[i] - 1) * dilations(spatial)[i] + 1;
      long outputs = (extents[i] + stride - 1) / stride;
      long total = Math.max(0, (outputs - 1) * stride + reach - extents[i]);
      long smaller = total / 2;
      result[i] = autoPad.equals("SAME_UPPER") ? smaller : total - smaller;
      result[spatial + i] = total - result[i];
    }
    return result;
  }

  /** This window at every so many of the positions that it takes over {@code extents}. */
  public SpatialWindow sparser(long[] extents, long[] window, int every) {
    long[] wider = strides(extents.length).clone();
    for (int i = 0; i < wider.length; i++) {
      wider[i] *= every;
    }
    return new SpatialWindow(kernel, wider, dilations, pads(extents, window), "NOTSET", ceilMode);
  }

  /** True if padding is the same before and after every axis. */
  public static boolean isSymmetric(long[] pads) {
    int spatial = pads.length / 2;
    for (int i = 0; i < spatial; i++) {
      if (pads[i] != pads[spatial + i]) {
        return false;
      }
    }
    return true;
  }

  /** ONNX's begins-then-ends as libtorch's pad argument: last axis first, (before, after) pairs. */
  public static long[] torchPads(long[] pads) {
    int spatial = pads.length / 2;
    long[] result = new long[pads.length];
    for (int i = 0; i < spatial; i++) {
      result[2 * (spatial - 1 - i)] = pads[i];
      result[2 * (spatial - 1 - i) + 1] = pads[spatial + i];
    }
    return result;
  }

  public static long[] filled(int count, long value) {
    long[] array = new long[count];
    Arrays.fill(array, value);
    return array;
  }
}
