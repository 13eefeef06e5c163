package io.disassembler.zoo;

import io.disassembler.graph.Network;
import java.util.List;

/**
 * U-Net's decoder on a backbone, as in segmentation_models.pytorch's {@code Unet}, whose names of
 * weights it has, so that its {@code state_dict} loads by name where the backbone is a ResNet. From
 * the deepest feature map up: each value repeated to the size of the next skip, the skip beside it,
 * two convolutions. Images of any size run.
 */
final class UNetOnBackbone {
  private static final List<Integer> CHANNELS = List.of(256, 128, 64, 32, 16);
  private static final int KERNEL = 3;

  private UNetOnBackbone() {}

  static Network build(ZooSettings settings) {
    Layers layers = SegmentationHead.layers("unet", settings);
    Pyramid pyramid = settings.pyramid(layers, "encoder.");
    Features x = pyramid.deepest();
    int skips = pyramid.stages().size() - 1;
    for (int block = 0; block < CHANNELS.size(); block++) {
      String name = "decoder.blocks.%d.".formatted(block);
      int channels = settings.channels(CHANNELS.get(block));
      if (block < skips) {
        Features skip = pyramid.stages().get(skips - 1 - block);
        Features up = layers.repeat(name + "up", x, skip);
        x = layers.concat(name + "concat", List.of(up, skip));
      } else {
        x = layers.repeat(name + "up", x, layers.image());
      }
      x = normalized(layers, name + "conv1", x, channels);
      x = normalized(layers, name + "conv2", x, channels);
    }
    Convolution head = Convolution.of(settings.categories(), KERNEL);
    layers.output(ZooSettings.OUTPUT, layers.logits("segmentation_head.0", x, head));
    return layers.build();
  }

  private static Features normalized(Layers layers, String name, Features x, int channels) {
    return SegmentationHead.normalized(
        layers, name + ".0", name + ".1", x, Convolution.of(channels, KERNEL));
  }
}
