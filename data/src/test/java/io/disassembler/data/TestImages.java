package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Images and masks that the tests write. */
final class TestImages {
  /** Two rows: pure red, green, blue; (10,20,30), (40,50,60), (70,80,90). */
  static final byte[] LOSSLESS_WEBP =
      Base64.getDecoder()
          .decode(
              "UklGRkIAAABXRUJQVlA4TDUAAAAvAkAAAC9AmG20Odx7/panISQgdB/8f4kg22YXqb/l5z/gz3gmRQGFbCPA"
                  + "oXsFTuki+h/DCwA=");

  /** 8 x 8 pixels of pure red as Adobe writes CMYK. */
  static final byte[] CMYK_JPEG =
      Base64.getDecoder()
          .decode(
              "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBE"
                  + "V0U3OFBtUVdfYmdoZz5NcXlwZHhcZWdj/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EABQAAQAAAAAA"
                  + "AAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oADgRDAE0AWQBLAAA/AEAfj8gP/9k=");

  private TestImages() {}

  /** RGB image whose pixels follow a formula: {@code 37 y + 91 x + 53 c + 7 x y} modulo 256. */
  static Bitmap pattern(int height, int width) {
    byte[] samples = new byte[height * width * 3];
    for (int i = 0; i < samples.length; i++) {
      int channel = i % 3;
      int x = i / 3 % width;
      int y = i / 3 / width;
      samples[i] = (byte) (37 * y + 91 * x + 53 * channel + 7 * x * y);
    }
    return new Bitmap(new Size(height, width), 3, samples);
  }

  static BufferedImage buffered(Bitmap image, int type) {
    Size size = image.size();
    BufferedImage buffered = new BufferedImage(size.width(), size.height(), type);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int rgb = image.sample(y, x, 0) << 16 | image.sample(y, x, 1) << 8 | image.sample(y, x, 2);
        buffered.setRGB(x, y, 0xff000000 | rgb);
      }
    }
    return buffered;
  }

  /** Image of one band with the given samples, row by row. */
  static BufferedImage band(int width, int type, int... samples) {
    BufferedImage image = new BufferedImage(width, samples.length / width, type);
    image.getRaster().setSamples(0, 0, width, samples.length / width, 0, samples);
    return image;
  }

  /** Palette image with the given indices, row by row; its colours are far from the indices. */
  static BufferedImage palette(int width, int bits, int... indices) {
    byte[] red = new byte[1 << bits];
    byte[] green = new byte[1 << bits];
    byte[] blue = new byte[1 << bits];
    for (int i = 0; i < red.length; i++) {
      red[i] = (byte) (200 - i);
      green[i] = (byte) (100 + i);
      blue[i] = (byte) (7 * i);
    }
    IndexColorModel colors = new IndexColorModel(bits, red.length, red, green, blue);
    int type = bits == 8 ? BufferedImage.TYPE_BYTE_INDEXED : BufferedImage.TYPE_BYTE_BINARY;
    BufferedImage image = new BufferedImage(width, indices.length / width, type, colors);
    image.getRaster().setSamples(0, 0, width, indices.length / width, 0, indices);
    return image;
  }

  static Path write(Path file, BufferedImage image) throws IOException {
    String name = String.valueOf(file.getFileName());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).as("writer for %s", format).isTrue();
    return file;
  }

  /** Writes an 8-bit grey mask. */
  static Path mask(Path file, int width, int... values) throws IOException {
    return write(file, band(width, BufferedImage.TYPE_BYTE_GRAY, values));
  }

  /** Writes a 4 x 6 image. */
  static Path image(Path file) throws IOException {
    return write(file, buffered(pattern(4, 6), BufferedImage.TYPE_3BYTE_BGR));
  }

  static Path broken(Path file) throws IOException {
    return Files.writeString(file, "this is no image");
  }

  /** What is logged while the code runs. */
  static String logged(ThrowingRunnable code) throws IOException {
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream captured = new PrintStream(log, true, StandardCharsets.UTF_8);
    System.setErr(captured);
    try {
      code.run();
    } finally {
      System.setErr(err);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  interface ThrowingRunnable {
    void run() throws IOException;
  }
}
