package io.disassembler.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/**
 * Turns inks into light as Pillow does, without colour management: {@code red = (255 - cyan) (255 -
 * black) / 255}, rounded in fixed point.
 */
final class Cmyk {
  private static final int BITS = 16;
  private static final int HALF = 1 << (BITS - 1);

  private Cmyk() {}

  /** An image of 8-bit cyan, magenta, yellow and black. */
  static BufferedImage toRgb(Raster inks) {
    return convert(inks, (stored, channel) -> stored[channel]);
  }

  /** The same, but as Adobe stores JPEG: 255 is no ink. */
  static BufferedImage invertedToRgb(Raster inks) {
    return convert(inks, (stored, channel) -> 255 - stored[channel]);
  }

  /**
   * JPEG's YCCK, as Adobe stores it: luma and chroma of the inks, and inverted black.
   *
   * @see <a href="https://www.w3.org/Graphics/JPEG/jfif3.pdf">JFIF, conversion to RGB</a>
   */
  static BufferedImage ycckToRgb(Raster stored) {
    return convert(
        stored,
        (pixel, channel) ->
            switch (channel) {
              case 0 -> clip(pixel[0] + fixed(1.40200, pixel[2]));
              case 1 -> clip(pixel[0] + green(pixel[1], pixel[2]));
              case 2 -> clip(pixel[0] + fixed(1.77200, pixel[1]));
              default -> 255 - pixel[3];
            });
  }

  private static BufferedImage convert(Raster stored, Ink ink) {
    int width = stored.getWidth();
    int height = stored.getHeight();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    int[] pixel = new int[4];
    int[] row = new int[3 * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        stored.getPixel(stored.getMinX() + x, stored.getMinY() + y, pixel);
        int light = 255 - ink.of(pixel, 3);
        for (int channel = 0; channel < 3; channel++) {
          row[3 * x + channel] = clip(light - product(ink.of(pixel, channel), light));
        }
      }
      image.getRaster().setPixels(0, y, width, 1, row);
    }
    return image;
  }

  /** {@code a b / 255}, rounded. */
  private static int product(int a, int b) {
    int scaled = a * b + 128;
    return ((scaled >> 8) + scaled) >> 8;
  }

  /** {@code factor (chroma - 128)}, rounded as libjpeg does. */
  private static int fixed(double factor, int chroma) {
    return (scaled(factor) * (chroma - 128) + HALF) >> BITS;
  }

  private static int green(int blueChroma, int redChroma) {
    int blue = scaled(0.34414) * (blueChroma - 128);
    int red = scaled(0.71414) * (redChroma - 128);
    return (HALF - blue - red) >> BITS;
  }

  private static int scaled(double factor) {
    return (int) (factor * (1 << BITS) + 0.5);
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }

  /** How much of an ink (0 to 255) a pixel has: cyan, magenta, yellow, black. */
  @FunctionalInterface
  private interface Ink {
    int of(int[] pixel, int channel);
  }
}
