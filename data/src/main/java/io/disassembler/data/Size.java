package io.disassembler.data;

/**
 * Extent of an image, a mask or a network's input in pixels, in the order of NCHW: height first.
 *
 * @param height number of rows, at least 1
 * @param width number of columns, at least 1
 */
public record Size(int height, int width) {

  public Size {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("not a size: " + height + " x " + width);
    }
  }

  /** Number of pixels. */
  public int area() {
    return Math.multiplyExact(height, width);
  }

  @Override
  public String toString() {
    return height + " x " + width + " (height x width)";
  }
}
