package io.disassembler.zoo;

import io.disassembler.graph.Network;
import org.jspecify.annotations.Nullable;

/** The segmentation networks that can be built. */
public enum Architecture {
  FCN,
  UNET,
  SEGNET,
  PSPNET,
  DEEPLABV3,
  DEEPLABV3PLUS;

  /** What it is put on where nothing is said; null: it has an encoder of its own. */
  public @Nullable Backbone usualBackbone() {
    return this == UNET || this == SEGNET ? null : Backbone.RESNET18;
  }

  /** Size of the image over that of the deepest feature map of a backbone where nothing is said. */
  public int usualOutputStride() {
    return this == UNET ? 32 : 16;
  }

  /** Whether it may have an auxiliary output, which helps training. */
  public boolean hasAuxiliary() {
    return this != UNET && this != SEGNET;
  }

  /** A network with its weights initialised; the same for the same settings. */
  public Network build(ZooSettings settings) {
    return switch (this) {
      case FCN -> Fcn.build(settings);
      case UNET ->
          settings.backbone() == null ? UNet.build(settings) : UNetOnBackbone.build(settings);
      case SEGNET -> SegNet.build(settings);
      case PSPNET -> PspNet.build(settings);
      case DEEPLABV3PLUS -> DeepLabV3Plus.build(settings);
      case DEEPLABV3 -> DeepLabV3.build(settings);
    };
  }
}
