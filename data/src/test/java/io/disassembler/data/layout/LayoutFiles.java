package io.disassembler.data.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.DataSet;
import io.disassembler.data.Mask;
import io.disassembler.data.Sample;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** Writes small data sets. */
final class LayoutFiles {
  private LayoutFiles() {}

  /** An image of one colour. */
  static void image(Path file, int width, int height) throws IOException {
    write(file, new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
  }

  /** A grey mask with the values, row by row. */
  static void grey(Path file, int width, int... values) throws IOException {
    BufferedImage mask =
        new BufferedImage(width, values.length / width, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setSamples(0, 0, width, mask.getHeight(), 0, values);
    write(file, mask);
  }

  /** A palette image with the indices, row by row, and the palette of Pascal VOC. */
  static void palette(Path file, int width, int... indices) throws IOException {
    int[] colors = new int[256];
    for (int index = 0; index < colors.length; index++) {
      int red = 0;
      int green = 0;
      int blue = 0;
      for (int bit = 0; bit < 8; bit++) {
        red |= (index >> (3 * bit) & 1) << (7 - bit);
        green |= (index >> (3 * bit + 1) & 1) << (7 - bit);
        blue |= (index >> (3 * bit + 2) & 1) << (7 - bit);
      }
      colors[index] = red << 16 | green << 8 | blue;
    }
    BufferedImage mask =
        new BufferedImage(
            width,
            indices.length / width,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, colors, 0, false, -1, 0));
    mask.getRaster().setSamples(0, 0, width, mask.getHeight(), 0, indices);
    write(file, mask);
  }

  /** An image with the colours {@code 0xRRGGBB}, row by row. */
  static void colors(Path file, int width, int... colors) throws IOException {
    BufferedImage mask =
        new BufferedImage(width, colors.length / width, BufferedImage.TYPE_INT_RGB);
    mask.setRGB(0, 0, width, mask.getHeight(), colors, 0, width);
    write(file, mask);
  }

  static void text(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }

  private static void write(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    String name = String.valueOf(file.getFileName());
    assertThat(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()))
        .isTrue();
  }

  static List<String> names(DataSet data) {
    return data.samples().stream().map(Sample::name).toList();
  }

  /** Mask values of the sample in that place. */
  static int[] values(DataSet data, int sample) throws IOException {
    Mask mask = data.samples().get(sample).readMask();
    assertThat(mask).isNotNull();
    return mask.values();
  }

  static List<String> categories(DataSet data) {
    assertThat(data.legend()).isNotNull();
    return data.legend().categories();
  }

  /** What is logged while the code runs. */
  static String logged(ThrowingRunnable code) throws IOException {
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
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
