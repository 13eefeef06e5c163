package io.disassembler.explorer.view;

import io.disassembler.data.Bitmap;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Images for browsers: decoded and encoded anew, so that nothing else in a file gets out. */
public final class Jpeg {
  private Jpeg() {}

  /**
   * An RGB image as JPEG.
   *
   * @param mostWidth scaled down to this if it is wider
   */
  public static byte[] of(Bitmap bitmap, int mostWidth) {
    int width = bitmap.size().width();
    int height = bitmap.size().height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    byte[] samples = bitmap.samples();
    for (int y = 0, in = 0; y < height; y++) {
      for (int x = 0; x < width; x++, in += 3) {
        row[x] =
            (samples[in] & 0xff) << 16 | (samples[in + 1] & 0xff) << 8 | (samples[in + 2] & 0xff);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    // Halving step by step keeps what one step of bilinear scaling would skip.
    while (image.getWidth() > 2 * mostWidth) {
      image = scaled(image, image.getWidth() / 2);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image.getWidth() > mostWidth ? scaled(image, mostWidth) : image, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage scaled(BufferedImage image, int width) {
    int height = Math.max(1, Math.round((float) image.getHeight() * width / image.getWidth()));
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = smaller.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return smaller;
  }
}
