package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/** Reads masks that are images, and refuses what they cannot mean. */
final class MaskImage {
  private final Path file;
  private final Raster raster;
  private final ColorModel colors;
  private final Size size;

  private MaskImage(Path file, BufferedImage image) {
    this.file = file;
    this.raster = image.getRaster();
    this.colors = image.getColorModel();
    this.size = new Size(image.getHeight(), image.getWidth());
  }

  static Mask read(Path file) throws IOException {
    return ImageFile.read(
        file,
        Long.MAX_VALUE,
        (reader, image) -> {
          boolean tiff = reader.getFormatName().equalsIgnoreCase("tiff");
          if (tiff || reader.getFormatName().equalsIgnoreCase("gif")) {
            requireOnePage(file, reader.getNumImages(true));
          }
          if (image.getColorModel() instanceof PackedColorModel
              && !(image.getColorModel() instanceof IndexColorModel)) {
            return new MaskImage(file, unpacked(image)).mask();
          }
          int type = image.getRaster().getTransferType();
          if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            // Readers clip the colours that fractions are between 0 and 1.
            return whole(
                file, reader.canReadRaster() ? reader.readRaster(0, null) : image.getRaster());
          }
          MaskImage mask = new MaskImage(file, image);
          return image.getColorModel() instanceof IndexColorModel palette
              ? mask.indexed(palette, tiff && isGrey(reader))
              : mask.mask();
        });
  }

  private static void requireOnePage(Path file, int pages) {
    if (pages > 1) {
      throw new InvalidInputException(
          "%s: has %d pages; expected a mask of one page; save the page that holds the categories by itself"
              .formatted(file, pages));
    }
  }

  /** Whether a TIFF of few bits has grey levels, which its colours say, rather than a palette. */
  private static boolean isGrey(ImageReader reader) throws IOException {
    Node standard = reader.getImageMetadata(0).getAsTree("javax_imageio_1.0");
    Node chroma = child(standard, "Chroma");
    Node type = chroma == null ? null : child(chroma, "ColorSpaceType");
    return type != null && "GRAY".equals(type.getAttributes().getNamedItem("name").getNodeValue());
  }

  private static @Nullable Node child(Node parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node;
      }
    }
    return null;
  }

  /** Bands of 8 bits each, whatever the bits in memory. */
  private static BufferedImage unpacked(BufferedImage image) {
    int type =
        image.getColorModel().hasAlpha()
            ? BufferedImage.TYPE_4BYTE_ABGR
            : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage bytes = new BufferedImage(image.getWidth(), image.getHeight(), type);
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      bytes.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return bytes;
  }

  /** Indices count; where a TIFF has grey levels, the level that is seen (white can be 0). */
  private Mask indexed(IndexColorModel model, boolean grey) {
    int[] values = band(0);
    int[] palette = new int[model.getMapSize()];
    model.getRGBs(palette);
    int most = palette.length - 1;
    for (int i = 0; i <= most; i++) {
      palette[i] &= 0xffffff;
    }
    if (grey) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.round((palette[values[i]] & 0xff) * most / 255f);
      }
      return Mask.of(file, size, values);
    }
    return isRamp(palette)
        ? Mask.of(file, size, values)
        : Mask.ofPalette(file, size, values, palette);
  }

  /** Whether a palette only repeats the numbers as greys, from black to white. */
  private static boolean isRamp(int[] palette) {
    for (int i = 0; i < palette.length; i++) {
      if (palette[i] != Math.round(i * 255f / Math.max(1, palette.length - 1)) * 0x010101) {
        return false;
      }
    }
    return true;
  }

  private Mask mask() throws IOException {
    int alpha = colors.hasAlpha() && raster.getNumBands() > 1 ? 1 : 0;
    int bands = raster.getNumBands() - alpha;
    int[] values = band(0);
    boolean grey = true;
    for (int other = 1; other < bands && grey; other++) {
      grey = Arrays.equals(values, band(other));
    }
    if (alpha > 0 && isFlat(values) && grey && !isFlat(band(bands))) {
      throw new InvalidInputException(
          "%s: its colour is the same everywhere and only its alpha channel varies; save the alpha channel as a grey mask"
              .formatted(file));
    }
    return grey ? Mask.of(file, size, values) : colored(bands);
  }

  private static Mask whole(Path file, Raster raster) {
    if (raster.getNumBands() > 1) {
      throw new InvalidInputException(
          "%s: expected a mask of category numbers, found %d channels of floating point"
              .formatted(file, raster.getNumBands()));
    }
    Size size = new Size(raster.getHeight(), raster.getWidth());
    double[] values =
        raster.getSamples(
            raster.getMinX(),
            raster.getMinY(),
            size.width(),
            size.height(),
            0,
            new double[size.area()]);
    return Mask.of(file, size, WholeNumbers.of(file, values));
  }

  private Mask colored(int bands) throws IOException {
    if (bands != 3) {
      throw new InvalidInputException(
          "%s: expected a mask of category numbers or of colours, found %d channels"
              .formatted(file, bands));
    }
    int[] red = band(0);
    int[] green = band(1);
    int[] blue = band(2);
    int shift = Math.max(0, DataBuffer.getDataTypeSize(raster.getTransferType()) - 8);
    int[] rgb = new int[red.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = red[i] >> shift << 16 | green[i] >> shift << 8 | blue[i] >> shift;
    }
    return Mask.ofColors(file, size, rgb);
  }

  private static boolean isFlat(int[] values) {
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  private int[] band(int band) {
    return raster.getSamples(
        raster.getMinX(), raster.getMinY(), size.width(), size.height(), band, (int[]) null);
  }
}
