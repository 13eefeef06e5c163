package io.disassembler.data;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.disassembler.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes image files with whatever ImageIO reader knows their content; the name does not count.
 */
final class ImageFile {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private ImageFile() {}

  /**
   * Decodes the first image of a file.
   *
   * @param mostPixels how many an image may have, if that is fewer than {@link PixelLimit} says
   * @throws BrokenImageException if no reader can decode the whole image, or it has more pixels
   * @throws IOException if the file cannot be read
   */
  static BufferedImage read(Path file, long mostPixels) throws IOException {
    return read(file, mostPixels, (reader, image) -> image);
  }

  /** The same, and looks at what else the file says. */
  static <T> T read(Path file, long mostPixels, Look<T> look) throws IOException {
    byte[] bytes = bytes(file);
    List<ImageReader> readers = readers(bytes);
    if (readers.isEmpty()) {
      throw new BrokenImageException(
          bytes.length == 0 ? "the file is empty" : "not an image of a known format");
    }
    List<String> reasons = new ArrayList<>();
    for (ImageReader reader : readers) {
      try {
        return read(reader, bytes, mostPixels, look);
      } catch (InvalidInputException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // Readers answer damaged input with exceptions of every kind.
        reasons.add(reason(e));
      } finally {
        reader.dispose();
      }
    }
    throw new BrokenImageException(reasons.get(0));
  }

  /**
   * Decodes all pages of a file as they are stored, by the first reader that finds so many bands in
   * them.
   *
   * @throws BrokenImageException if there is none
   * @throws IOException if the file cannot be read
   */
  static List<Raster> pages(Path file, int bands) throws IOException {
    byte[] bytes = bytes(file);
    List<String> reasons = new ArrayList<>();
    for (ImageReader reader : readers(bytes)) {
      try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
        reader.setInput(stream, false, true);
        List<Raster> pages = pages(reader, bands);
        int found = pages.stream().mapToInt(Raster::getNumBands).sum();
        if (found == bands) {
          return pages;
        }
        reasons.add(
            "expected %d bands (input.color in the network card), found %d"
                .formatted(bands, found));
      } catch (IOException | RuntimeException e) {
        reasons.add(reason(e));
      } finally {
        reader.dispose();
      }
    }
    throw new BrokenImageException(
        reasons.isEmpty() ? "not an image of a known format" : reasons.get(0));
  }

  private static List<Raster> pages(ImageReader reader, int bands) throws IOException {
    List<Raster> pages = new ArrayList<>();
    int count = reader.getNumImages(true);
    if (count > bands) {
      throw new BrokenImageException(
          "expected %d bands (input.color in the network card), found %d pages"
              .formatted(bands, count));
    }
    for (int page = 0; page < count; page++) {
      PixelLimit.require(reader.getHeight(page), reader.getWidth(page));
      if ((page + 1L) * reader.getHeight(page) * reader.getWidth(page) > PixelLimit.samples()) {
        throw new BrokenImageException("has more pages than an image of this size may have");
      }
      Raster raster = reader.read(page).getRaster();
      // Readers clip the colours that fractions are between 0 and 1.
      pages.add(
          raster.getTransferType() >= DataBuffer.TYPE_FLOAT && reader.canReadRaster()
              ? reader.readRaster(page, null)
              : raster);
    }
    return pages;
  }

  /**
   * The size that a file says its first image has.
   *
   * @throws BrokenImageException if no reader knows
   * @throws IOException if the file cannot be read
   */
  static Size size(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new BrokenImageException("not an image of a known format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return new Size(reader.getHeight(0), reader.getWidth(0));
      } catch (RuntimeException e) {
        throw new BrokenImageException(reason(e));
      } finally {
        reader.dispose();
      }
    }
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

  private static <T> T read(ImageReader reader, byte[] bytes, long mostPixels, Look<T> look)
      throws IOException {
    try (ImageInputStream stream = new ByteArrayImageInputStream(bytes)) {
      reader.setInput(stream, false, true);
      PixelLimit.require(reader.getHeight(0), reader.getWidth(0), mostPixels);
      List<String> damage = new ArrayList<>();
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (isDamage(warning)) {
              damage.add(warning);
            }
          });
      BufferedImage image = isJdkJpegReader(reader) ? jpeg(reader, bytes) : reader.read(0);
      if (!damage.isEmpty()) {
        throw new BrokenImageException(damage.get(0));
      }
      return look.at(reader, image);
    }
  }

  /** Inks are read as they are stored: readers' own conversions depend on profiles. */
  private static BufferedImage jpeg(ImageReader reader, byte[] bytes) throws IOException {
    JpegHeader header = JpegHeader.of(bytes);
    if (header.components() != 4) {
      return reader.read(0);
    }
    Raster stored = reader.readRaster(0, null);
    return header.ycck() ? Cmyk.ycckToRgb(stored) : Cmyk.invertedToRgb(stored);
  }

  private static byte[] bytes(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MOST_BYTES) {
      throw new BrokenImageException(size + " bytes are more than an image file may have");
    }
    return Files.readAllBytes(file);
  }

  /** Readers of JPEG fill what a truncated file lacks with grey and only warn. */
  private static boolean isDamage(String warning) {
    return warning.contains("remature") || warning.contains("runcated");
  }

  /** What is wanted of a decoded image and of the reader that decoded it. */
  @FunctionalInterface
  interface Look<T> {
    T at(ImageReader reader, BufferedImage image) throws IOException;
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
