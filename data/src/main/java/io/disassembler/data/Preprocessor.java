package io.disassembler.data;

import io.disassembler.base.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Turns images and masks into a network's input and labels at one size: images by antialiased
 * bilinear, {@code (pixel / scale - mean) / std}, the card's colour order; masks by nearest.
 * Immutable, for use by many threads.
 */
public final class Preprocessor {
  private final Size size;
  private final ColorOrder color;
  private final MaskLabels labels;
  // [input channel][pixel value]
  private final float[][] normalized;

  /**
   * @param size the network's input size
   */
  public Preprocessor(NetworkCard card, Size size) {
    this.size = size;
    this.color = card.color();
    this.labels = new MaskLabels(card);
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
    return color.channels();
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

  /** The labels of an image at the network's size, if it has any. */
  int @Nullable [] labels(LabelledBitmap image) {
    int[] given = image.labels();
    return given == null ? null : NearestResize.resize(given, image.image().size(), size);
  }
}
