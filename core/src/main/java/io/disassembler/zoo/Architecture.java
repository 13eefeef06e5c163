package io.disassembler.zoo;

import io.disassembler.graph.Network;

/** The segmentation networks that can be built. */
public enum Architecture {
  FCN,
  UNET,
  SEGNET,
  PSPNET,
  DEEPLABV3,
  DEEPLABV3PLUS;

  /** Whether it is a head on a backbone, which may also have an auxiliary output. */
  public boolean hasBackbone() {
    return this != UNET && this != SEGNET;
  }

  /** A network with its weights initialised; the same for the same settings. */
  public Network build(ZooSettings settings) {
    return switch (this) {
      case FCN -> Fcn.build(settings);
      case UNET -> UNet.build(settings);
      case SEGNET -> SegNet.build(settings);
      case PSPNET -> PspNet.build(settings);
      case DEEPLABV3PLUS -> DeepLabV3Plus.build(settings);
      case DEEPLABV3 -> DeepLabV3.build(settings);
    };
  }
}
