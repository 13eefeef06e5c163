package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Bitmap;
import io.disassembler.data.ImageDecoder;
import io.disassembler.data.Mask;
import io.disassembler.data.MaskReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Reads mask files whose colours stand for mask values.
 *
 * @param data what the data set is called
 * @param meaning mask values by colour, {@code 0xRRGGBB}
 */
record ColorTable(String data, Map<Integer, Integer> meaning) implements MaskReader {
  @Override
  public Mask read(Path file) throws IOException {
    Bitmap image = ImageDecoder.decode(file);
    int width = image.size().width();
    int[] values = new int[image.size().area()];
    for (int pixel = 0; pixel < values.length; pixel++) {
      int color = color(image, pixel / width, pixel % width);
      Integer value = meaning.get(color);
      if (value == null) {
        throw unknown(file, image, color, pixel);
      }
      values[pixel] = value;
    }
    return Mask.of(file, image.size(), values);
  }

  /** A colour, {@code 0xRRGGBB}. */
  static int color(Bitmap image, int row, int column) {
    return image.sample(row, column, 0) << 16
        | image.sample(row, column, 1) << 8
        | image.sample(row, column, 2);
  }

  private InvalidInputException unknown(Path file, Bitmap image, int color, int first) {
    int width = image.size().width();
    long count =
        IntStream.range(0, image.size().area())
            .filter(pixel -> color(image, pixel / width, pixel % width) == color)
            .count();
    return new InvalidInputException(
        "%s: expected the colours of %s, found #%06x (%d of %d pixels, the first at row %d, column %d)"
            .formatted(
                file, data, color, count, image.size().area(), first / width, first % width));
  }
}
