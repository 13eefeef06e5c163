package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Decodes images of any colour model to 8-bit RGB as training code in Python sees them: stored
 * samples without colour management, 16 bits cut to the upper 8, alpha dropped, EXIF orientation
 * not applied. Bit for bit what Pillow decodes, except grey of 16 bits, which Pillow clips at 255
 * when it is made RGB, and lossy WebP: there, the reader's conversion from YCbCr is a few grey
 * levels off.
 */
public final class ImageDecoder {
  private ImageDecoder() {}

  /**
   * Decodes a JPEG, PNG, BMP, TIFF or WebP file.
   *
   * @return three channels: red, green, blue
   * @throws BrokenImageException if it is none or damaged
   * @throws IOException if the file cannot be read
   */
  public static Bitmap decode(Path file) throws IOException {
    return decode(file, Long.MAX_VALUE);
  }

  /** The same, noting what a user should know of it. */
  static Bitmap decode(Path file, ImageNotes notes) throws IOException {
    BufferedImage image = ImageFile.read(file, Long.MAX_VALUE);
    notes.orientation(file, Orientation.of(file));
    if (image.getColorModel().getTransferType() == DataBuffer.TYPE_USHORT
        && image.getColorModel() instanceof ComponentColorModel) {
      notes.deep(file, largest(image.getRaster()));
    }
    return toRgb(image);
  }

  private static int largest(Raster raster) {
    int largest = 0;
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int sample : row) {
        largest = Math.max(largest, sample);
      }
    }
    return largest;
  }

  /**
   * The same for files that are not trusted: a few kilobytes can decode to gigabytes.
   *
   * @param mostPixels how many an image may have, if that is fewer than {@link PixelLimit} says;
   *     one that says it has more is not decoded
   */
  public static Bitmap decode(Path file, long mostPixels) throws IOException {
    return toRgb(ImageFile.read(file, mostPixels));
  }

  /**
   * The same for a single image that is needed.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public static Bitmap read(Path file) {
    try {
      return decode(file);
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  static Bitmap toRgb(BufferedImage image) throws BrokenImageException {
    ColorModel colors = image.getColorModel();
    if (colors instanceof IndexColorModel palette) {
      return fromPalette(image.getRaster(), palette);
    }
    if (colors instanceof ComponentColorModel && isGrayOrRgb(colors)) {
      if (colors.getTransferType() == DataBuffer.TYPE_BYTE) {
        return fromBytes(image.getRaster(), colors.getNumColorComponents());
      }
      if (colors.getTransferType() == DataBuffer.TYPE_USHORT) {
        return fromShorts(image.getRaster(), colors.getNumColorComponents());
      }
    }
    if (colors instanceof PackedColorModel) {
      return fromPackedColors(image);
    }
    int bands = image.getRaster().getNumBands();
    if (colors.getColorSpace().getType() == ColorSpace.TYPE_CMYK
        && colors.getTransferType() == DataBuffer.TYPE_BYTE
        && bands == 4) {
      return toRgb(Cmyk.toRgb(image.getRaster()));
    }
    throw new BrokenImageException(
        "expected grey, RGB or CMYK of 8 or 16 bits without sign, found %s of %s%s; convert it to 8 bits"
            .formatted(
                bands == 1 ? "grey" : bands + " channels",
                samples(colors),
                isGrayOrRgb(colors) ? "" : " in other colours"));
  }

  private static String samples(ColorModel colors) {
    int bits = DataBuffer.getDataTypeSize(colors.getTransferType());
    return switch (colors.getTransferType()) {
      case DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE -> bits + "-bit floating point";
      case DataBuffer.TYPE_SHORT -> bits + "-bit integers with sign";
      default -> bits + "-bit integers";
    };
  }

  private static boolean isGrayOrRgb(ColorModel colors) {
    int type = colors.getColorSpace().getType();
    return type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB;
  }

  private static Bitmap fromBytes(Raster raster, int colors) {
    int bands = raster.getNumBands();
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    byte[] row = new byte[width * bands];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      if (bands == 3) {
        System.arraycopy(row, 0, rgb, out, row.length);
        out += row.length;
        continue;
      }
      for (int pixel = 0; pixel < row.length; pixel += bands) {
        rgb[out++] = row[pixel];
        rgb[out++] = row[colors == 1 ? pixel : pixel + 1];
        rgb[out++] = row[colors == 1 ? pixel : pixel + 2];
      }
    }
    return bitmap(raster, rgb);
  }

  private static Bitmap fromShorts(Raster raster, int colors) {
    int bands = raster.getNumBands();
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    short[] row = new short[width * bands];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int pixel = 0; pixel < row.length; pixel += bands) {
        rgb[out++] = (byte) (row[pixel] >> 8);
        rgb[out++] = (byte) (row[colors == 1 ? pixel : pixel + 1] >> 8);
        rgb[out++] = (byte) (row[colors == 1 ? pixel : pixel + 2] >> 8);
      }
    }
    return bitmap(raster, rgb);
  }

  private static Bitmap fromPalette(Raster raster, IndexColorModel palette) {
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int index : row) {
        // An index beyond the palette has no colour; as in Pillow it is black.
        out = put(rgb, out, index < colors.length ? colors[index] : 0);
      }
    }
    return bitmap(raster, rgb);
  }

  /** Colours of a few bits each in one number. */
  private static Bitmap fromPackedColors(BufferedImage image) {
    int width = image.getWidth();
    byte[] rgb = new byte[3 * width * image.getHeight()];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int color : row) {
        out = put(rgb, out, color);
      }
    }
    return bitmap(image.getRaster(), rgb);
  }

  private static int put(byte[] rgb, int at, int color) {
    rgb[at] = (byte) (color >> 16);
    rgb[at + 1] = (byte) (color >> 8);
    rgb[at + 2] = (byte) color;
    return at + 3;
  }

  private static Bitmap bitmap(Raster raster, byte[] rgb) {
    return new Bitmap(new Size(raster.getHeight(), raster.getWidth()), 3, rgb);
  }
}
