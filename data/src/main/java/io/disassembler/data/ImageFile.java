package io.disassembler.data;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes image files with whatever ImageIO reader knows their content; the name does not count.
 */
final class ImageFile {
  /** Three samples of each must fit into an array. */
  static final long MOST_PIXELS = (Integer.MAX_VALUE - 8) / 3;

  private ImageFile() {}

  /**
   * @param mostPixels how many an image may have
   * @throws BrokenImageException if no reader can decode the whole image, or it has more pixels
   * @throws IOException if the file cannot be read
   */
  static BufferedImage read(Path file, long mostPixels) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<ImageReader> readers = readers(bytes);
    if (readers.isEmpty()) {
      throw new BrokenImageException(
          bytes.length == 0 ? "the file is empty" : "not an image of a known format");
    }
    List<String> reasons = new ArrayList<>();
    for (ImageReader reader : readers) {
      try {
        return read(reader, bytes, mostPixels);
      } catch (IOException | RuntimeException e) {
        // Readers answer damaged input with exceptions of every kind.
        reasons.add(reason(e));
      } finally {
        reader.dispose();
      }
    }
    throw new BrokenImageException(reasons.get(0));
  }

  private static List<ImageReader> readers(byte[] bytes) throws IOException {
    List<ImageReader> readers = new ArrayList<>();
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      ImageIO.getImageReaders(stream).forEachRemaining(readers::add);
    }
    // The JDK's JPEG reader decodes natively; the other ones read what it refuses (CMYK).
    readers.sort(Comparator.comparing(reader -> !isJdkJpegReader(reader)));
    return readers;
  }

  private static boolean isJdkJpegReader(ImageReader reader) {
    return reader.getClass().getName().startsWith("com.sun.imageio.plugins.jpeg.");
  }

  private static BufferedImage read(ImageReader reader, byte[] bytes, long mostPixels)
      throws IOException {
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      reader.setInput(stream, true, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) > mostPixels) {
        throw new BrokenImageException(
            "%d x %d pixels are too many".formatted(reader.getWidth(0), reader.getHeight(0)));
      }
      List<String> damage = new ArrayList<>();
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (isDamage(warning)) {
              damage.add(warning);
            }
          });
      BufferedImage image = reader.read(0);
      if (!damage.isEmpty()) {
        throw new BrokenImageException(damage.get(0));
      }
      return image;
    }
  }

  /** Readers of JPEG fill what a truncated file lacks with grey and only warn. */
  private static boolean isDamage(String warning) {
    return warning.contains("remature") || warning.contains("runcated");
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
