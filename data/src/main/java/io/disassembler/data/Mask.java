package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;

/** The values stored in a mask file. */
public final class Mask {
  private final Path file;
  private final Size size;
  private final int[] values;

  private Mask(Path file, Size size, int[] values) {
    this.file = file;
    this.size = size;
    this.values = values;
  }

  /**
   * Decodes a mask: grey of up to 16 bits, a palette image (the index counts, not the colour), or
   * colours whose red, green and blue are equal everywhere. Alpha is dropped.
   *
   * @throws InvalidInputException if it shows colours instead of values
   * @throws BrokenImageException if it is damaged or no image
   * @throws IOException if the file cannot be read
   */
  public static Mask read(Path file) throws IOException {
    BufferedImage image = ImageFile.read(file, ImageFile.MOST_PIXELS);
    Raster raster = image.getRaster();
    ColorModel colors = image.getColorModel();
    int bands = raster.getNumBands() - (colors.hasAlpha() && raster.getNumBands() > 1 ? 1 : 0);
    int[] values = band(raster, 0);
    for (int other = 1; other < bands; other++) {
      requireEqual(file, raster, values, band(raster, other));
    }
    return new Mask(file, new Size(raster.getHeight(), raster.getWidth()), values);
  }

  /**
   * A mask that was made otherwise.
   *
   * @param file where it comes from, for error messages
   * @param values from 0 to 65535, row by row; not copied
   */
  public static Mask of(Path file, Size size, int[] values) {
    if (values.length != size.area()) {
      throw new IllegalArgumentException(values.length + " values for a mask of " + size);
    }
    return new Mask(file, size, values);
  }

  /** Where it was read from. */
  public Path file() {
    return file;
  }

  public Size size() {
    return size;
  }

  /** The values (0 to 65535) row by row; not a copy. */
  public int[] values() {
    return values;
  }

  private static int[] band(Raster raster, int band) {
    return raster.getSamples(
        raster.getMinX(),
        raster.getMinY(),
        raster.getWidth(),
        raster.getHeight(),
        band,
        (int[]) null);
  }

  private static void requireEqual(Path file, Raster raster, int[] values, int[] others) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] != others[i]) {
        throw new InvalidInputException(
            ("%s: expected a mask of category numbers (grey or palette), found colours, the first"
                    + " at row %d, column %d; convert the mask to numbers")
                .formatted(file, i / raster.getWidth(), i % raster.getWidth()));
      }
    }
  }
}
