package io.disassembler.zoo;

import io.disassembler.graph.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Chen et al., "Rethinking Atrous Convolution for Semantic Image Segmentation", 2017, as in
 * torchvision but for its dropout, which the exported network would not have either.
 */
final class DeepLabV3 {
  private static final int CHANNELS = 256;

  private DeepLabV3() {}

  static Network build(ZooSettings settings) {
    Layers layers = SegmentationHead.layers("deeplabv3", settings);
    Pyramid pyramid = settings.pyramid(layers, SegmentationHead.BACKBONE);
    Features x = pooling(layers, "classifier.0.", pyramid.deepest(), settings);
    x =
        SegmentationHead.normalized(
            layers, "classifier.1", "classifier.2", x, Convolution.of(x.channels(), 3));
    return SegmentationHead.finish(layers, "classifier.4", x, pyramid, settings);
  }

  /** Atrous spatial pyramid pooling. */
  static Features pooling(Layers layers, String prefix, Features x, ZooSettings settings) {
    int channels = settings.channels(CHANNELS);
    List<Features> branches = new ArrayList<>();
    branches.add(branch(layers, prefix + "convs.0.", x, Convolution.of(channels, 1)));
    // The paper's rates of 6, 12 and 18 at output stride 16, the same reach at the other ones.
    int unit = 6 * 16 / settings.outputStride();
    for (int rate = 1; rate <= 3; rate++) {
      Convolution dilated = Convolution.of(channels, 3).dilation(rate * unit);
      branches.add(branch(layers, prefix + "convs." + rate + ".", x, dilated));
    }
    Features pooled = layers.globalAveragePool(prefix + "convs.4.0", x);
    pooled =
        SegmentationHead.normalized(
            layers,
            prefix + "convs.4.1",
            prefix + "convs.4.2",
            pooled,
            Convolution.of(channels, 1));
    branches.add(layers.resize(prefix + "convs.4", pooled, x));
    Features all = layers.concat(prefix + "concat", branches);
    return branch(layers, prefix + "project.", all, Convolution.of(channels, 1));
  }

  private static Features branch(
      Layers layers, String prefix, Features x, Convolution convolution) {
    return SegmentationHead.normalized(layers, prefix + "0", prefix + "1", x, convolution);
  }
}
