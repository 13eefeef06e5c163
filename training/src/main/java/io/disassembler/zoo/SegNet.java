package io.disassembler.zoo;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.graph.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Badrinarayanan et al., "SegNet", 2017: the convolutions of VGG-16 and their mirror image, which
 * puts values back where the encoder's pooling took them from. Images must have multiples of 32 as
 * height and width.
 */
final class SegNet {
  private static final int[] CHANNELS = {64, 128, 256, 512, 512};
  private static final int[] CONVOLUTIONS = {2, 2, 3, 3, 3};

  private SegNet() {}

  static Network build(ZooSettings settings) {
    if (settings.backbone() != null) {
      throw new InvalidInputException(
          "backbone: SegNet is VGG-16 and its mirror image, found %s; leave the backbone out"
              .formatted(settings.backbone()),
          Setting.BACKBONE);
    }
    Layers layers = SegmentationHead.layers("segnet", settings);
    List<Layers.Pooled> pooled = new ArrayList<>();
    Features x = layers.image();
    for (int stage = 0; stage < CHANNELS.length; stage++) {
      for (int i = 0; i < CONVOLUTIONS[stage]; i++) {
        String name = "encoder%d.%d".formatted(stage, i);
        x = convolution(layers, name, x, settings.channels(CHANNELS[stage]));
      }
      Layers.Pooled pool = layers.maxPoolWithIndices("pool" + stage, x);
      pooled.add(pool);
      x = pool.features();
    }
    for (int stage = CHANNELS.length - 1; stage >= 0; stage--) {
      x = layers.maxUnpool("unpool" + stage, x, pooled.get(stage));
      for (int i = CONVOLUTIONS[stage] - 1; i >= 0; i--) {
        int channels = i > 0 || stage == 0 ? CHANNELS[stage] : CHANNELS[stage - 1];
        String name = "decoder%d.%d".formatted(stage, i);
        x = convolution(layers, name, x, settings.channels(channels));
      }
    }
    layers.output(ZooSettings.OUTPUT, layers.logits("head", x, settings.categories()));
    return layers.build();
  }

  private static Features convolution(Layers layers, String name, Features x, int channels) {
    return SegmentationHead.normalized(
        layers, name + ".0", name + ".1", x, Convolution.of(channels, 3));
  }
}
