package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;

/**
 * Writes the same labels in the ways that data sets store them.
 *
 * @param height rows of every mask
 * @param width columns of every mask
 * @param categories how many there are
 */
record EncodedLabels(int height, int width, int categories) {
  /** A grey mask with a value for each category. */
  void grey(Path file, int[] labels, IntUnaryOperator value) throws IOException {
    BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    mask.getRaster().setSamples(0, 0, width, height, 0, Arrays.stream(labels).map(value).toArray());
    write(mask, file);
  }

  /** A grey mask of 16 bits. */
  void deep(Path file, int[] labels) throws IOException {
    BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    mask.getRaster().setSamples(0, 0, width, height, 0, labels);
    write(mask, file);
  }

  /** A palette image whose indices are the categories but for a shift, with these colours. */
  void palette(Path file, int[] labels, int[] colors, int shift) throws IOException {
    int[] shifted = new int[categories];
    for (int category = 0; category < categories; category++) {
      shifted[(category + shift) % categories] = colors[category];
    }
    BufferedImage mask =
        new BufferedImage(
            width,
            height,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, categories, shifted, 0, false, -1, 0));
    mask.getRaster()
        .setSamples(
            0,
            0,
            width,
            height,
            0,
            Arrays.stream(labels).map(label -> (label + shift) % categories).toArray());
    write(mask, file);
  }

  /** An image of colours. */
  void colors(Path file, int[] labels, int[] colors) throws IOException {
    BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] rgb = Arrays.stream(labels).map(label -> colors[label]).toArray();
    mask.setRGB(0, 0, width, height, rgb, 0, width);
    write(mask, file);
  }

  /** One-hot, categories x height x width booleans. */
  void oneHot(Path file, int[] labels) throws IOException {
    String header =
        "{'descr': '|b1', 'fortran_order': False, 'shape': (%d, %d, %d), }\n"
            .formatted(categories, height, width);
    ByteBuffer array = ByteBuffer.allocate(10 + header.length() + categories * labels.length);
    array.order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93);
    array.put("NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
    array.putShort((short) header.length());
    array.put(header.getBytes(StandardCharsets.ISO_8859_1));
    for (int category = 0; category < categories; category++) {
      for (int label : labels) {
        array.put((byte) (label == category ? 1 : 0));
      }
    }
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, array.array());
  }

  /** COCO polygons: a rectangle for each run of a category in a row. */
  String polygons(int[] labels, int category) {
    StringJoiner polygons = new StringJoiner(",", "[", "]");
    for (int y = 0; y < height; y++) {
      int x = 0;
      while (x < width) {
        int end = x;
        while (end < width && labels[y * width + end] == category) {
          end++;
        }
        if (end > x) {
          polygons.add("[%d,%d,%d,%d,%d,%d,%d,%d]".formatted(x, y, end, y, end, y + 1, x, y + 1));
        }
        x = Math.max(end, x + 1);
      }
    }
    return polygons.toString();
  }

  /** COCO run lengths, down the columns. */
  String runs(int[] labels, int category) {
    return "{\"size\":[%d,%d],\"counts\":%s}".formatted(height, width, counts(labels, category));
  }

  /** The same in pycocotools' compressed form. */
  String compressedRuns(int[] labels, int category) {
    List<Integer> counts = counts(labels, category);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < counts.size(); i++) {
      int rest = counts.get(i) - (i > 2 ? counts.get(i - 2) : 0);
      boolean more = true;
      while (more) {
        int bits = rest & 0x1f;
        rest >>= 5;
        more = (bits & 0x10) != 0 ? rest != -1 : rest != 0;
        text.append((char) ((more ? bits | 0x20 : bits) + 48));
      }
    }
    return "{\"size\":[%d,%d],\"counts\":\"%s\"}"
        .formatted(height, width, text.toString().replace("\\", "\\\\"));
  }

  private List<Integer> counts(int[] labels, int category) {
    List<Integer> counts = new ArrayList<>();
    boolean inside = false;
    int run = 0;
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        if ((labels[y * width + x] == category) != inside) {
          counts.add(run);
          inside = !inside;
          run = 0;
        }
        run++;
      }
    }
    counts.add(run);
    return counts;
  }

  private static void write(BufferedImage mask, Path file) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    String name = String.valueOf(file.getFileName());
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(mask, format, file.toFile())).isTrue();
  }
}
