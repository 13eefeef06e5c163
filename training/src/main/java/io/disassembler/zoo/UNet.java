package io.disassembler.zoo;

import io.disassembler.graph.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Ronneberger et al., "U-Net: Convolutional Networks for Biomedical Image Segmentation", 2015, with
 * padding, BatchNormalization, and bilinear resizing to the size of the skip instead of transposed
 * convolutions, so that images of any size run.
 */
final class UNet {
  private static final int CHANNELS = 64;
  private static final int LEVELS = 5;

  private UNet() {}

  static Network build(ZooSettings settings) {
    Layers layers = SegmentationHead.layers("unet", settings);
    List<Features> skips = new ArrayList<>();
    Features x = layers.image();
    for (int level = 0; level < LEVELS; level++) {
      if (level > 0) {
        skips.add(x);
        x = layers.maxPool("pool" + level, x, 2, 2, 0);
      }
      x = twice(layers, "encoder" + level, x, settings.channels(CHANNELS << level));
    }
    for (int level = LEVELS - 2; level >= 0; level--) {
      Features skip = skips.get(level);
      Features up = layers.resize("up" + level, x, skip);
      x = layers.concat("concat" + level, List.of(skip, up));
      x = twice(layers, "decoder" + level, x, skip.channels());
    }
    layers.output(ZooSettings.OUTPUT, layers.logits("head", x, settings.categories()));
    return layers.build();
  }

  private static Features twice(Layers layers, String name, Features x, int channels) {
    Convolution convolution = Convolution.of(channels, 3);
    Features y = SegmentationHead.normalized(layers, name + ".0", name + ".1", x, convolution);
    return SegmentationHead.normalized(layers, name + ".3", name + ".4", y, convolution);
  }
}
