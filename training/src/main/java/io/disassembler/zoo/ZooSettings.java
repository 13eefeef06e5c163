package io.disassembler.zoo;

import io.disassembler.base.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What a network of the zoo is built for.
 *
 * @param backbone what the head is put on, or null for the encoder of the architecture's paper, as
 *     U-Net and SegNet have one
 * @param categories number of output maps, at least 1
 * @param width multiplies the number of channels of every layer, above 0; rounded to multiples of 8
 * @param outputStride image size over the size of a backbone's deepest feature map: 8, 16 or 32
 * @param auxiliary whether to add the output {@value #AUXILIARY} that helps training, where the
 *     architecture has one
 * @param seed seed of the first weights
 */
public record ZooSettings(
    @Nullable Backbone backbone,
    int categories,
    double width,
    int outputStride,
    boolean auxiliary,
    long seed) {

  /** Name of the logits, N x categories x H x W at the size of the image. */
  public static final String OUTPUT = "out";

  /** Name of the auxiliary logits, of the same shape. */
  public static final String AUXILIARY = "aux";

  private static final int MULTIPLE = 8;
  private static final double SMALLEST_SHARE = 0.9;

  public ZooSettings {
    if (categories < 1) {
      throw new InvalidInputException("categories: expected at least 1, found " + categories);
    }
    if (!(width > 0 && width <= 8)) {
      throw new InvalidInputException("width: expected above 0 and at most 8, found " + width);
    }
    if (outputStride != 8 && outputStride != 16 && outputStride != 32) {
      throw new InvalidInputException("output stride: expected 8, 16 or 32, found " + outputStride);
    }
  }

  /**
   * The feature maps of the backbone.
   *
   * @param prefix of the names of its weights
   * @throws InvalidInputException if there is none
   */
  Pyramid pyramid(Layers layers, String prefix) {
    if (backbone == null) {
      throw new InvalidInputException("backbone: this architecture needs one, found none");
    }
    return backbone.build(layers, prefix, this);
  }

  /** Channels of a layer that has {@code standard} of them at width 1. */
  int channels(int standard) {
    return rounded(standard * width);
  }

  /** A multiple of 8 near {@code channels}, at least 8 and not much smaller, as in torchvision. */
  static int rounded(double channels) {
    int nearest = Math.max(MULTIPLE, (int) (channels + MULTIPLE / 2) / MULTIPLE * MULTIPLE);
    return nearest < SMALLEST_SHARE * channels ? nearest + MULTIPLE : nearest;
  }
}
