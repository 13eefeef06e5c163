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

  /**
   * As people write it, such as {@code 192x256}, height first.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  public static Size parse(String text) {
    if (!text.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
      throw new IllegalArgumentException(
          "expected HEIGHTxWIDTH such as 192x256, found '" + text + "'");
    }
    int cross = text.indexOf('x');
    return new Size(
        Integer.parseInt(text.substring(0, cross)), Integer.parseInt(text.substring(cross + 1)));
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
