package io.disassembler.zoo;

import io.disassembler.graph.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Zhao et al., "Pyramid Scene Parsing Network", 2017. ONNX has no pooling to a fixed number of bins
 * for images of any size; antialiased bilinear resizing, which averages as well, stands in for it.
 */
final class PspNet {
  private static final int[] BINS = {1, 2, 3, 6};
  private static final int CHANNELS = 512;

  private PspNet() {}

  static Network build(ZooSettings settings) {
    Layers layers = SegmentationHead.layers("pspnet", settings);
    Pyramid pyramid = settings.pyramid(layers, SegmentationHead.BACKBONE);
    Features x = pyramid.deepest();
    int share = ZooSettings.rounded((double) x.channels() / BINS.length);
    List<Features> levels = new ArrayList<>(List.of(x));
    for (int level = 0; level < BINS.length; level++) {
      String name = "classifier.pyramid." + level;
      Features pooled = layers.average(name + ".0", x, BINS[level]);
      pooled =
          SegmentationHead.normalized(
              layers, name + ".1", name + ".2", pooled, Convolution.of(share, 1));
      levels.add(layers.resize(name, pooled, x));
    }
    x = layers.concat("classifier.concat", levels);
    x =
        SegmentationHead.normalized(
            layers,
            "classifier.0",
            "classifier.1",
            x,
            Convolution.of(settings.channels(CHANNELS), 3));
    return SegmentationHead.finish(layers, "classifier.4", x, pyramid, settings);
  }
}
