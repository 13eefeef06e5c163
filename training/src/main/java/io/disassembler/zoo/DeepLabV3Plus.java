package io.disassembler.zoo;

import io.disassembler.graph.Network;
import java.util.List;

/**
 * Chen et al., "Encoder-Decoder with Atrous Separable Convolution for Semantic Image Segmentation",
 * 2018, with plain convolutions in the decoder.
 */
final class DeepLabV3Plus {
  private static final int CHANNELS = 256;
  private static final int SHALLOW_CHANNELS = 48;

  private DeepLabV3Plus() {}

  static Network build(ZooSettings settings) {
    Layers layers = SegmentationHead.layers("deeplabv3plus", settings);
    Pyramid pyramid = settings.pyramid(layers, SegmentationHead.BACKBONE);
    Features deep = DeepLabV3.pooling(layers, "classifier.aspp.", pyramid.deepest(), settings);
    // At a quarter of the image's size.
    Features shallow =
        SegmentationHead.normalized(
            layers,
            "classifier.project.0",
            "classifier.project.1",
            pyramid.stages().get(1),
            Convolution.of(settings.channels(SHALLOW_CHANNELS), 1));
    Features x =
        layers.concat(
            "classifier.concat",
            List.of(layers.resize("classifier.resize", deep, shallow), shallow));
    Convolution refining = Convolution.of(settings.channels(CHANNELS), 3);
    x = SegmentationHead.normalized(layers, "classifier.0", "classifier.1", x, refining);
    x = SegmentationHead.normalized(layers, "classifier.3", "classifier.4", x, refining);
    return SegmentationHead.finish(layers, "classifier.6", x, pyramid, settings);
  }
}
