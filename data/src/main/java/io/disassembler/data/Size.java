package io.disassembler.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;

/**
 * Extent of an image, a volume, a mask or a network's input in pixels, in the order of N x C x H x
 * W or N x C x D x H x W: depth first, if there is one, then height.
 *
 * @param depth number of slices of a volume, at least 1; 0 of an image, which has no such axis
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
public record Size(@JsonInclude(JsonInclude.Include.NON_DEFAULT) int depth, int height, int width) {

  public Size {
    if (depth < 0 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "not a size: " + depth + " slices of " + height + " x " + width);
    }
  }

  /** An image's. */
  public Size(int height, int width) {
    this(0, height, width);
  }

  /**
   * From spatial extents in order, two of an image or three of a volume.
   *
   * @throws ArithmeticException if one of them is beyond an int
   */
  public static Size of(long... extents) {
    int[] whole = Arrays.stream(extents).mapToInt(Math::toIntExact).toArray();
    return switch (whole.length) {
      case 2 -> new Size(whole[0], whole[1]);
      case 3 -> new Size(whole[0], whole[1], whole[2]);
      default -> throw new IllegalArgumentException("not a size: " + Arrays.toString(extents));
    };
  }

  /**
   * As people write it, such as {@code 192x256}: height and width, of volumes depth first.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  public static Size parse(String text) {
    if (!text.matches("([1-9]\\d{0,4}x){1,2}[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException(
          "expected HEIGHTxWIDTH such as 192x256, of volumes DEPTHxHEIGHTxWIDTH, found '"
              + text
              + "'");
    }
    return of(Arrays.stream(text.split("x", -1)).mapToLong(Long::parseLong).toArray());
  }

  /** Whether it is a volume's. */
  public boolean volume() {
    return depth > 0;
  }

  /** Slices of a volume; an image is one. */
  public int slices() {
    return Math.max(1, depth);
  }

  /** Number of pixels, of a volume voxels. */
  public int area() {
    return Math.multiplyExact(slices(), Math.multiplyExact(height, width));
  }

  /** Where the slice in the middle of a volume begins; 0 of an image. */
  public int middle() {
    return depth / 2 * height * width;
  }

  /** Extents along the spatial axes in order, two of an image and three of a volume. */
  public long[] extents() {
    return volume() ? new long[] {depth, height, width} : new long[] {height, width};
  }

  /** Of one slice. */
  public Size slice() {
    return new Size(height, width);
  }

  @Override
  public String toString() {
    return volume()
        ? depth + " x " + height + " x " + width + " (depth x height x width)"
        : height + " x " + width + " (height x width)";
  }
}
