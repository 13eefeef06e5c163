package io.disassembler.resolution;

import java.util.OptionalLong;

/**
 * How extents along one axis of a network's images shrink. A whole number of steps is taken off the
 * images, each as long as the network's strides can add up to, so that all that is left over by
 * strides stays left over, whatever they are: 513 becomes 353, and 257, 129, 65 and 33 on the way
 * become 177, 89, 45 and 23.
 *
 * @param image the images' extent, pixels
 * @param lost by how much it shrinks, pixels; less than the images'
 */
record Extents(long image, long lost) {
  /** Strides of segmentation networks add up to 32 at most. */
  private static final long LARGEST_STEP = 32;

  /** Small images have no pixels for so many strides. */
  private static final long STEPS = 8;

  /**
   * @param scale of what is left to what there was, in (0, 1]
   */
  static Extents scaled(long image, double scale) {
    long step = step(image);
    return new Extents(image, step * Math.round(image * (1 - scale) / step));
  }

  /** What extents shrink in steps of, pixels: a power of two. */
  private static long step(long image) {
    return Math.max(1, Math.min(LARGEST_STEP, Long.highestOneBit(Math.max(1, image / STEPS))));
  }

  /** The same of these images. */
  long step() {
    return step(image);
  }

  /** The images' extent then. */
  long left() {
    return image - lost;
  }

  /**
   * What a feature map's extent becomes: the same share of the images', or what the same strides
   * make of them.
   *
   * @return empty for an extent that is neither, and that stays as it is: of one place, or of as
   *     many as someone chose
   */
  OptionalLong of(long extent) {
    if (extent <= 1) {
      return OptionalLong.empty();
    }
    for (long stride = 1; stride <= step(); stride *= 2) {
      if (Math.abs(extent * stride - image) < 2 * stride) {
        return OptionalLong.of(extent - lost / stride);
      }
    }
    return extent * left() % image == 0
        ? OptionalLong.of(extent * left() / image)
        : OptionalLong.empty();
  }
}
