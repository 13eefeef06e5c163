package io.disassembler.zoo;

import io.disassembler.graph.Network;

/**
 * Long et al., "Fully Convolutional Networks for Semantic Segmentation", 2015, on a dilated
 * backbone as in torchvision but for its dropout.
 */
final class Fcn {
  private Fcn() {}

  static Network build(ZooSettings settings) {
    Layers layers = SegmentationHead.layers("fcn", settings);
    Pyramid pyramid = settings.pyramid(layers, SegmentationHead.BACKBONE);
    Features x = pyramid.deepest();
    x =
        SegmentationHead.normalized(
            layers, "classifier.0", "classifier.1", x, Convolution.of(x.channels() / 4, 3));
    return SegmentationHead.finish(layers, "classifier.4", x, pyramid, settings);
  }
}
