package io.disassembler.zoo;

import io.disassembler.graph.Network;

/** What the heads of all networks share. */
final class SegmentationHead {
  /** PyTorch's momentum of 0.1 for the new statistics. */
  private static final float MOMENTUM = 0.9f;

  /** What torchvision's names of a backbone's weights begin with. */
  static final String BACKBONE = "backbone.";

  private SegmentationHead() {}

  static Layers layers(String name, ZooSettings settings) {
    return new Layers(name, new Initialization(settings.seed()), MOMENTUM);
  }

  /** Convolution, BatchNormalization, Relu. */
  static Features normalized(
      Layers layers, String convolution, String normalization, Features x, Convolution geometry) {
    Features y = layers.convolution(convolution, x, geometry);
    y = layers.batchNormalization(normalization, y);
    return layers.relu(normalization + ".relu", y);
  }

  /** FCN's head: a 3x3 convolution to a quarter of the channels, then logits. */
  static Features fcn(Layers layers, String prefix, Features x, int categories) {
    Features y =
        normalized(layers, prefix + "0", prefix + "1", x, Convolution.of(x.channels() / 4, 3));
    return layers.logits(prefix + "4", y, categories);
  }

  /**
   * Logits from {@code x} and, if asked for, from an auxiliary head, both at the size of the image.
   *
   * @param name of the convolution that makes the logits
   */
  static Network finish(
      Layers layers, String name, Features x, Pyramid pyramid, ZooSettings settings) {
    Features logits = layers.logits(name, x, settings.categories());
    layers.output(ZooSettings.OUTPUT, layers.resize("resize", logits, layers.image()));
    if (settings.auxiliary()) {
      Features auxiliary =
          fcn(layers, "aux_classifier.", pyramid.auxiliary(), settings.categories());
      layers.output(ZooSettings.AUXILIARY, layers.resize("aux_resize", auxiliary, layers.image()));
    }
    return layers.build();
  }
}
