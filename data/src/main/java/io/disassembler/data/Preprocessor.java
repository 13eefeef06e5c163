package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns images and masks into a network's input and labels at one size: images by antialiased
 * bilinear, {@code (pixel / scale - mean) / std}, the card's colour order; masks by nearest, unless
 * their pixels are to be counted as they are ({@link #withLabelsOfImages}). Of volumes it takes
 * patches of that size, as they are. Immutable, for use by many threads.
 */
public final class Preprocessor {
  private static final int LARGEST = 255;

  private final Size size;
  private final ColorOrder color;
  private final MaskLabels labels;
  private final NetworkCard card;
  private final BandFile bandFile;
  private final UnaryOperator<LabelMap> labelSize;
  // [input channel][pixel value]
  private final float[][] normalized;

  /**
   * @param size the network's input size
   */
  public Preprocessor(NetworkCard card, Size size) {
    this(card, size, labels -> labels.at(size));
  }

  private Preprocessor(NetworkCard card, Size size, UnaryOperator<LabelMap> labelSize) {
    this.size = size;
    this.labelSize = labelSize;
    this.color = card.color();
    this.labels = new MaskLabels(card);
    this.card = card;
    this.bandFile = new BandFile(card.channels(), card.bands().axes(), size.volume());
    this.normalized = new float[color.channels()][256];
    for (int channel = 0; channel < normalized.length; channel++) {
      double mean = card.mean().get(channel);
      double std = card.std().get(channel);
      for (int pixel = 0; pixel < 256; pixel++) {
        normalized[channel][pixel] = (float) ((pixel / card.scale() - mean) / std);
      }
    }
  }

  /** The same, but labels of images stay as large as the images are. */
  public Preprocessor withLabelsOfImages() {
    return new Preprocessor(card, size, UnaryOperator.identity());
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
    return takesBands() || ArrayFile.is(file);
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
   * @param pixels {@code channels() x (depth x) height x width}, planar
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
      requireFit(file, mostPixels);
      return prepare(file, Patch.FIRST);
    }
    Bitmap bitmap = ImageDecoder.decode(file, mostPixels);
    return new Prepared(bitmap.size(), pixels(bitmap));
  }

  /** The same for part of a volume, or for bands. */
  private Prepared prepare(Path file, Patch patch) throws IOException {
    Bands bands = bands(file);
    return new Prepared(bands.size(), pixels(bands, patch));
  }

  /**
   * What is asked of every patch of a volume, at the volume's size.
   *
   * @param labels makes of a network's input one number for each voxel
   * @throws BrokenImageException if the file is damaged
   * @throws IOException if it cannot be read
   */
  public int[] patchwise(Path file, Function<float[], int[]> labels) throws IOException {
    Bands bands = bands(file);
    int[] whole = new int[bands.size().area()];
    for (Patch patch : Patch.of(bands.size(), size)) {
      int[] found = labels.apply(pixels(bands, patch));
      int[] places = patch.ownPlaces(bands.size(), size);
      for (int i = 0; i < places.length; i++) {
        if (places[i] >= 0) {
          whole[places[i]] = found[i];
        }
      }
    }
    return whole;
  }

  /**
   * Images as they are, volumes in patches, each with a name of its own but for the first, which
   * has the volume's.
   */
  public List<Sample> parts(List<Sample> samples) {
    return size.volume() ? samples.stream().flatMap(this::parts).toList() : List.copyOf(samples);
  }

  private Stream<Sample> parts(Sample sample) {
    if (sample.patch() != null) {
      return Stream.of(sample);
    }
    try {
      List<Patch> patches = Patch.of(sizeOf(sample.image()), size);
      return IntStream.range(0, patches.size()).mapToObj(i -> sample.part(i, patches.get(i)));
    } catch (IOException e) {
      // Whoever loads it will say what is wrong.
      return Stream.of(sample);
    }
  }

  /**
   * A picture of an image file to be shown: itself, or three of its bands, of a volume in the
   * middle slice of its first patch.
   *
   * @param mostPixels how many an image may have, if that is fewer than {@link PixelLimit} says
   * @throws BrokenImageException if it is damaged
   * @throws IOException if it cannot be read
   */
  public Bitmap picture(Path file, long mostPixels) throws IOException {
    if (!readsBands(file)) {
      return ImageDecoder.decode(file, mostPixels);
    }
    requireFit(file, mostPixels);
    return picture(file, Patch.FIRST);
  }

  private void requireFit(Path file, long mostPixels) throws IOException {
    Size stored = bandFile.size(file);
    PixelLimit.require(stored.height(), stored.width(), mostPixels);
  }

  /** The same of a sample, which may be another patch of a volume. */
  public Bitmap picture(Sample sample) throws IOException {
    Patch patch = sample.patch();
    return patch != null ? picture(sample.image(), patch) : picture(sample.image(), Long.MAX_VALUE);
  }

  private Bitmap picture(Path file, Patch patch) throws IOException {
    Bands bands = bands(file);
    Bands shown =
        size.volume()
            ? new Bands(size, cut(bands, patch.places(bands.size(), size)), bands.largest())
            : bands;
    return shown.picture(card.bands().shown(channels()));
  }

  /**
   * The network's input for bands of any size, planar (CHW), or for part of a volume, 0 beyond its
   * end.
   *
   * @param patch counts for volumes
   */
  float[] pixels(Bands bands, Patch patch) {
    int @Nullable [] places = size.volume() ? patch.places(bands.size(), size) : null;
    float[] planes =
        places == null
            ? BilinearResize.planes(bands.planes(), bands.size(), size)
            : cut(bands, places);
    double unit =
        color == ColorOrder.BANDS && card.bands().fullRange() ? bands.largest() : card.scale();
    int area = size.area();
    float[] pixels = new float[planes.length];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / area;
      int stored = color == ColorOrder.BGR ? channels() - 1 - channel : channel;
      double value = planes[stored * area + i % area] / unit;
      pixels[i] =
          places != null && places[i % area] < 0
              ? 0
              : (float) ((value - card.mean().get(channel)) / card.std().get(channel));
    }
    return pixels;
  }

  private static float[] cut(Bands bands, int[] places) {
    float[] cut = new float[bands.channels() * places.length];
    for (int i = 0; i < cut.length; i++) {
      int place = places[i % places.length];
      cut[i] = place < 0 ? 0 : bands.planes()[i / places.length * bands.size().area() + place];
    }
    return cut;
  }

  /**
   * Height and width of an image file, of a volume depth before them, without decoding everything.
   */
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

  /**
   * The mask of a sample, whole.
   *
   * @return null if there are no labels
   */
  @Nullable Mask mask(Sample sample) throws IOException {
    Path file = sample.mask();
    return file != null && size.volume() ? VolumeMask.read(file) : sample.readMask();
  }

  /**
   * The labels of a sample as the network predicts them, of a volume those of its first patch; -1
   * where they are ignored.
   *
   * @return null if there are no labels
   * @throws BrokenImageException if the mask is damaged
   * @throws IOException if it cannot be read
   */
  public int @Nullable [] labels(Sample sample) throws IOException {
    Mask mask = mask(sample);
    if (mask == null) {
      return null;
    }
    LabelMap given = new LabelMap(mask.size(), unresizedLabels(mask));
    return (size.volume() ? patch(given, Patch.FIRST) : given.at(size)).values();
  }

  /** What masks hold that it will turn into labels; nothing so far. */
  SeenValues seenValues() {
    return new SeenValues(labels);
  }

  /** The labels in a mask at the mask's own size. */
  int[] unresizedLabels(Mask mask) {
    return labels.labels(mask);
  }

  /**
   * The labels of bands as they are counted; of a volume those of a patch, -1 where an earlier
   * patch has them too and beyond its end.
   */
  LabelMap labels(LabelMap given, Patch patch) {
    return size.volume() ? patch(given, patch) : labelSize.apply(given);
  }

  private LabelMap patch(LabelMap volume, Patch patch) {
    return new LabelMap(
        size,
        Arrays.stream(patch.ownPlaces(volume.size(), size))
            .map(place -> place < 0 ? MaskLabels.IGNORED : volume.values()[place])
            .toArray());
  }

  /** The labels of an image as they are counted, if it has any. */
  @Nullable LabelMap labels(LabelledBitmap image) {
    int[] given = image.labels();
    return given == null ? null : labelSize.apply(new LabelMap(image.image().size(), given));
  }
}
