package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Augmenter;
import io.disassembler.data.Bitmap;
import io.disassembler.data.LabelledBitmap;
import io.disassembler.data.Size;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random changes to training images.
 *
 * @param flip whether half of the images are mirrored left to right
 * @param smallest smallest magnification, above 0; below 1 the image gets a grey, ignored margin
 * @param largest largest magnification; above 1 a random window of the image is cropped
 * @param color how far brightness, contrast and saturation may be off, in [0, 1)
 */
public record Augmentation(boolean flip, double smallest, double largest, double color) {
  /** Images as they are. */
  public static final Augmentation NONE = new Augmentation(false, 1, 1, 0);

  private static final byte GREY = 114;

  public Augmentation {
    if (!(smallest > 0 && smallest <= largest)) {
      throw new InvalidInputException(
          "augmentation: expected magnifications above 0, the smaller one first, found %s to %s"
              .formatted(smallest, largest));
    }
    if (!(color >= 0 && color < 1)) {
      throw new InvalidInputException(
          "augmentation: expected a colour strength from 0 to below 1, found " + color);
    }
  }

  /** The changes of one epoch: the same for the same seed, epoch and place of the image. */
  public Augmenter forEpoch(long seed, int epoch) {
    return (index, image) -> {
      SplittableRandom random =
          new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch * 1_000_003L + index).split();
      LabelledBitmap windowed = smallest == 1 && largest == 1 ? image : window(image, random);
      LabelledBitmap mirrored = flip && random.nextBoolean() ? mirror(windowed) : windowed;
      return color == 0 ? mirrored : recolor(mirrored, random);
    };
  }

  /** A window of the image's shape, as much smaller as the magnification says. */
  private LabelledBitmap window(LabelledBitmap source, SplittableRandom random) {
    Size size = source.image().size();
    double scale = smallest == largest ? smallest : random.nextDouble(smallest, largest);
    int height = Math.max(1, (int) Math.round(size.height() / scale));
    int width = Math.max(1, (int) Math.round(size.width() / scale));
    int top = offset(size.height() - height, random);
    int left = offset(size.width() - width, random);
    int channels = source.image().channels();
    byte[] samples = new byte[height * width * channels];
    Arrays.fill(samples, GREY);
    int @Nullable [] from = source.labels();
    int @Nullable [] labels = from == null ? null : new int[height * width];
    if (labels != null) {
      Arrays.fill(labels, LabelledBitmap.IGNORED);
    }
    int first = Math.max(0, -left);
    int count = Math.min(width, size.width() - left) - first;
    for (int row = Math.max(0, -top); row < Math.min(height, size.height() - top); row++) {
      int in = (row + top) * size.width() + left + first;
      int out = row * width + first;
      System.arraycopy(
          source.image().samples(), in * channels, samples, out * channels, count * channels);
      if (from != null && labels != null) {
        System.arraycopy(from, in, labels, out, count);
      }
    }
    return new LabelledBitmap(new Bitmap(new Size(height, width), channels, samples), labels);
  }

  /** A random place in the room there is; negative where the window is larger than the image. */
  private static int offset(int room, SplittableRandom random) {
    int offset = random.nextInt(Math.abs(room) + 1);
    return room < 0 ? -offset : offset;
  }

  private static LabelledBitmap mirror(LabelledBitmap source) {
    Size size = source.image().size();
    int channels = source.image().channels();
    byte[] in = source.image().samples();
    byte[] samples = new byte[in.length];
    int @Nullable [] from = source.labels();
    int @Nullable [] labels = from == null ? null : new int[from.length];
    for (int row = 0; row < size.height(); row++) {
      for (int column = 0; column < size.width(); column++) {
        int there = row * size.width() + column;
        int here = row * size.width() + size.width() - 1 - column;
        for (int channel = 0; channel < channels; channel++) {
          samples[here * channels + channel] = in[there * channels + channel];
        }
        if (from != null && labels != null) {
          labels[here] = from[there];
        }
      }
    }
    return new LabelledBitmap(new Bitmap(size, channels, samples), labels);
  }

  /** Brightness, then contrast around the mean grey, then saturation around each pixel's grey. */
  private LabelledBitmap recolor(LabelledBitmap source, SplittableRandom random) {
    float brightness = factor(random);
    float contrast = factor(random);
    float saturation = factor(random);
    byte[] in = source.image().samples();
    double sum = 0;
    for (byte sample : in) {
      sum += sample & 0xff;
    }
    float mean = (float) (sum / in.length) * brightness;
    byte[] samples = new byte[in.length];
    for (int i = 0; i + 2 < in.length; i += 3) {
      float red = ((in[i] & 0xff) * brightness - mean) * contrast + mean;
      float green = ((in[i + 1] & 0xff) * brightness - mean) * contrast + mean;
      float blue = ((in[i + 2] & 0xff) * brightness - mean) * contrast + mean;
      float grey = 0.299f * red + 0.587f * green + 0.114f * blue;
      samples[i] = pixel(grey + (red - grey) * saturation);
      samples[i + 1] = pixel(grey + (green - grey) * saturation);
      samples[i + 2] = pixel(grey + (blue - grey) * saturation);
    }
    return new LabelledBitmap(
        new Bitmap(source.image().size(), source.image().channels(), samples), source.labels());
  }

  private float factor(SplittableRandom random) {
    return (float) random.nextDouble(1 - color, 1 + color);
  }

  private static byte pixel(float value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
