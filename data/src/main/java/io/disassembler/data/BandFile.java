package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.graph.Layout;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads images of any number of bands: NumPy's {@code .npy}, or whatever ImageIO reads, bands and
 * pages one after the other; volumes from {@code .npy} and NIfTI.
 *
 * @param channels how many bands the network takes
 * @param axes the order of an array's axes, channels first or last; null where their extents show
 *     it
 * @param volumes whether it takes volumes, which have a depth
 */
record BandFile(int channels, @Nullable Layout axes, boolean volumes) {

  /**
   * Decodes a file.
   *
   * @throws BrokenImageException if it is damaged, has another number of bands, or numbers that are
   *     not finite
   * @throws InvalidInputException if nobody can know the order of its axes
   */
  Bands read(Path file) throws IOException {
    requireVolume(file);
    Bands bands = ArrayFile.is(file) ? array(file) : pages(ImageFile.pages(file, channels));
    int wrong = 0;
    for (float number : bands.planes()) {
      wrong += Float.isFinite(number) ? 0 : 1;
    }
    if (wrong > 0) {
      throw new BrokenImageException(
          "has %d numbers that are not finite, such as NaN for no data; expected a number at every pixel"
              .formatted(wrong));
    }
    return bands;
  }

  /** Height and width, of volumes depth before them, without decoding everything. */
  Size size(Path file) throws IOException {
    requireVolume(file);
    return ArrayFile.is(file) ? size(file, ArrayFile.shape(file)) : ImageFile.size(file);
  }

  private void requireVolume(Path file) throws BrokenImageException {
    if (volumes && !ArrayFile.is(file)) {
      throw new BrokenImageException("expected a volume: .npy, .nii or .nii.gz");
    }
  }

  private Bands array(Path file) throws IOException {
    ArrayFile array = ArrayFile.read(file);
    int[] shape = array.shape();
    Size size = size(file, shape);
    boolean last = shape.length > spatial() && isLast(file, shape);
    double[] numbers = array.numbers();
    float[] planes = new float[numbers.length];
    int area = size.area();
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) numbers[last ? i % area * channels + i / area : i];
    }
    return new Bands(size, planes, array.largest());
  }

  private Size size(Path file, int[] shape) throws BrokenImageException {
    int spatial = spatial();
    if (shape.length == spatial && channels == 1) {
      return limited(shape);
    }
    if (shape.length != spatial + 1 || (shape[0] != channels && shape[spatial] != channels)) {
      throw new BrokenImageException(
          "expected %d x %sheight x width numbers, found the shape %s"
              .formatted(channels, volumes ? "depth x " : "", Arrays.toString(shape)));
    }
    return limited(
        isLast(file, shape)
            ? Arrays.copyOf(shape, spatial)
            : Arrays.copyOfRange(shape, 1, spatial + 1));
  }

  /** Number of axes along which pixels lie. */
  private int spatial() {
    return volumes ? 3 : 2;
  }

  private static Size limited(int... extents) throws BrokenImageException {
    long rows = 1;
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] < 1) {
        throw new BrokenImageException("has no pixels");
      }
      rows *= axis < extents.length - 1 ? extents[axis] : 1;
      PixelLimit.require(rows, 1);
    }
    PixelLimit.require(rows, extents[extents.length - 1]);
    return Size.of(Arrays.stream(extents).asLongStream().toArray());
  }

  /** Whether the channels are the last axis. */
  private boolean isLast(Path file, int[] shape) throws BrokenImageException {
    boolean first = shape[0] == channels;
    boolean last = shape[spatial()] == channels && !NiftiFile.is(file);
    if (first && last && axes == null) {
      throw new InvalidInputException(
          "%s: has the shape %s, whose first and last axis could both be the %d channels; say input.axes: %s in the network card"
              .formatted(
                  file, Arrays.toString(shape), channels, volumes ? "CDHW or DHWC" : "CHW or HWC"),
          Setting.CARD);
    }
    boolean saidLast = axes != null && axes.channelsLast() && !NiftiFile.is(file);
    if (axes != null && !(saidLast ? last : first)) {
      throw new BrokenImageException(
          "expected %d channels along the %s axis (input.axes: %s), found the shape %s"
              .formatted(channels, saidLast ? "last" : "first", axes, Arrays.toString(shape)));
    }
    return axes == null ? last && !first : saidLast;
  }

  private static Bands pages(List<Raster> pages) throws BrokenImageException {
    int height = pages.get(0).getHeight();
    int width = pages.get(0).getWidth();
    int bands = pages.stream().mapToInt(Raster::getNumBands).sum();
    if ((long) bands * height * width > PixelLimit.samples()) {
      throw new BrokenImageException(
          "%d bands of %d x %d pixels (height x width) are more than the %d numbers that an image may have"
              .formatted(bands, height, width, PixelLimit.samples()));
    }
    float[] planes = new float[bands * height * width];
    int at = 0;
    for (Raster page : pages) {
      if (page.getHeight() != height || page.getWidth() != width) {
        throw new BrokenImageException(
            "its pages are of different sizes: %d x %d and %d x %d (height x width)"
                .formatted(height, width, page.getHeight(), page.getWidth()));
      }
      float[] band = new float[height * width];
      for (int b = 0; b < page.getNumBands(); b++) {
        page.getSamples(page.getMinX(), page.getMinY(), width, height, b, band);
        System.arraycopy(band, 0, planes, at, band.length);
        at += band.length;
      }
    }
    return new Bands(new Size(height, width), planes, largest(pages.get(0).getTransferType()));
  }

  private static double largest(int type) {
    return switch (type) {
      case DataBuffer.TYPE_BYTE -> 255;
      case DataBuffer.TYPE_USHORT -> 65535;
      case DataBuffer.TYPE_SHORT -> Short.MAX_VALUE;
      case DataBuffer.TYPE_INT -> 4294967295.0;
      default -> 1;
    };
  }
}
