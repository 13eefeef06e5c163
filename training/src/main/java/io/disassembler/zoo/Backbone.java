package io.disassembler.zoo;

import java.util.List;

/** The networks that segmentation heads are put on. */
public enum Backbone {
  RESNET18,
  RESNET34,
  RESNET50,
  RESNET101,
  MOBILENET_V3_SMALL,
  MOBILENET_V3_LARGE;

  Pyramid build(Layers layers, String prefix, ZooSettings settings) {
    return switch (this) {
      case RESNET18 -> resNet(layers, prefix, settings, false, 2, 2, 2, 2);
      case RESNET34 -> resNet(layers, prefix, settings, false, 3, 4, 6, 3);
      case RESNET50 -> resNet(layers, prefix, settings, true, 3, 4, 6, 3);
      case RESNET101 -> resNet(layers, prefix, settings, true, 3, 4, 23, 3);
      case MOBILENET_V3_SMALL -> MobileNetV3.SMALL.build(layers, prefix, settings);
      case MOBILENET_V3_LARGE -> MobileNetV3.LARGE.build(layers, prefix, settings);
    };
  }

  private static Pyramid resNet(
      Layers layers, String prefix, ZooSettings settings, boolean bottleneck, Integer... blocks) {
    return new ResNet(List.of(blocks), bottleneck)
        .build(layers, prefix, settings.channels(64), settings.outputStride());
  }
}
