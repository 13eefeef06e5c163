package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Turns images and masks into a network's input and labels at one size: images by antialiased
 * bilinear, {@code (pixel / scale - mean) / std}, the card's colour order; masks by nearest.
 * Immutable, for use by many threads.
 */
public final class Preprocessor {
  private static final int LARGEST = 255;

  private final Size size;
  private final ColorOrder color;
  private final MaskLabels labels;
  private final NetworkCard card;
  private final BandFile bandFile;
  // [input channel][pixel value]
  private final float[][] normalized;

  /**
   * @param size the network's input size
   */
  public Preprocessor(NetworkCard card, Size size) {
    this.size = size;
    this.color = card.color();
    this.labels = new MaskLabels(card);
    this.card = card;
    this.bandFile = new BandFile(card.channels(), card.bands().axes());
    this.normalized = new float[color.channels()][256];
    for (int channel = 0; channel < normalized.length; channel++) {
      double mean = card.mean().get(channel);
      double std = card.std().get(channel);
      for (int pixel = 0; pixel < 256; pixel++) {
        normalized[channel][pixel] = (float) ((pixel / card.scale() - mean) / std);
      }
    }
  }

  /** Size of what it makes. */
  public Size size() {
    return size;
  }

  /** Channels of the network's input. */
  public int channels() {
    return card.channels();
  }

  /** Whether every image is of bands rather than colours. */
  public boolean takesBands() {
    return color == ColorOrder.BANDS;
  }

  /** Whether a file holds bands rather than colours of 8 bits. */
  boolean readsBands(Path file) {
    return takesBands() || NpyFile.is(file);
  }

  /**
   * The bands of a file.
   *
   * @throws InvalidInputException if the card's colours are of 8 bits, and these are not
   * @throws BrokenImageException if it is damaged, or has another number of bands
   */
  Bands bands(Path file) throws IOException {
    Bands bands = bandFile.read(file);
    if (color != ColorOrder.BANDS && bands.largest() != LARGEST) {
      throw new InvalidInputException(
          "%s: expected unsigned bytes for input.color: %s, found another type of numbers; say color: BANDS, and from which scale they are, in the network card"
              .formatted(file, color),
          Setting.CARD);
    }
    return bands;
  }

  /**
   * An image file as the network's input.
   *
   * @param original size of the image in the file
   * @param pixels {@code channels() x height x width}, planar (CHW)
   */
  @SuppressWarnings("ArrayRecordComponent") // megabytes that are read once; no one compares them
  public record Prepared(Size original, float[] pixels) {}

  /**
   * The network's input for an image file.
   *
   * @param mostPixels how many an image may have, if that is fewer than {@link PixelLimit} says
   * @throws BrokenImageException if it is damaged
   * @throws IOException if it cannot be read
   */
  public Prepared prepare(Path file, long mostPixels) throws IOException {
    if (readsBands(file)) {
      Bands bands = bands(file, mostPixels);
      return new Prepared(bands.size(), pixels(bands));
    }
    Bitmap bitmap = ImageDecoder.decode(file, mostPixels);
    return new Prepared(bitmap.size(), pixels(bitmap));
  }

  /**
   * A picture of an image file to be shown: itself, or three of its bands.
   *
   * @param mostPixels how many an image may have, if that is fewer than {@link PixelLimit} says
   * @throws BrokenImageException if it is damaged
   * @throws IOException if it cannot be read
   */
  public Bitmap picture(Path file, long mostPixels) throws IOException {
    return readsBands(file)
        ? bands(file, mostPixels).picture(card.bands().shown(channels()))
        : ImageDecoder.decode(file, mostPixels);
  }

  private Bands bands(Path file, long mostPixels) throws IOException {
    Size stored = bandFile.size(file);
    PixelLimit.require(stored.height(), stored.width(), mostPixels);
    return bands(file);
  }

  /** The network's input for bands of any size, planar (CHW). */
  float[] pixels(Bands bands) {
    float[] planes = BilinearResize.planes(bands.planes(), bands.size(), size);
    double unit =
        color == ColorOrder.BANDS && card.bands().fullRange() ? bands.largest() : card.scale();
    int area = size.area();
    float[] pixels = new float[planes.length];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / area;
      int stored = color == ColorOrder.BGR ? channels() - 1 - channel : channel;
      double value = planes[stored * area + i % area] / unit;
      pixels[i] = (float) ((value - card.mean().get(channel)) / card.std().get(channel));
    }
    return pixels;
  }

  /** Height and width of an image file, without decoding everything. */
  Size sizeOf(Path file) throws IOException {
    return readsBands(file) ? bandFile.size(file) : ImageFile.size(file);
  }

  /**
   * The network's input for an image.
   *
   * @param image RGB of any size
   * @return {@code channels() x height x width}, planar (CHW)
   */
  public float[] pixels(Bitmap image) {
    Bitmap resized = BilinearResize.resize(color == ColorOrder.GRAY ? image.toGray() : image, size);
    byte[] samples = resized.samples();
    int channels = channels();
    float[] planes = new float[channels * size.area()];
    int out = 0;
    for (int channel = 0; channel < channels; channel++) {
      int stored = color == ColorOrder.BGR ? channels - 1 - channel : channel;
      float[] values = normalized[channel];
      for (int in = stored; in < samples.length; in += channels) {
        planes[out++] = values[samples[in] & 0xff];
      }
    }
    return planes;
  }

  /**
   * The labels in a mask.
   *
   * @return {@code height x width} category numbers, -1 where the mask's value is ignored
   * @throws InvalidInputException if the mask has a value that the card does not know, even one
   *     that resizing would drop
   */
  public int[] labels(Mask mask) {
    return NearestResize.resize(unresizedLabels(mask), mask.size(), size);
  }

  /** What masks hold that it will turn into labels; nothing so far. */
  SeenValues seenValues() {
    return new SeenValues(labels);
  }

  /** The labels in a mask at the mask's own size. */
  int[] unresizedLabels(Mask mask) {
    return labels.labels(mask);
  }

  /** Labels at another size at the network's. */
  int[] resized(int[] given, Size from) {
    return NearestResize.resize(given, from, size);
  }

  /** The labels of an image at the network's size, if it has any. */
  int @Nullable [] labels(LabelledBitmap image) {
    int[] given = image.labels();
    return given == null ? null : NearestResize.resize(given, image.image().size(), size);
  }
}
