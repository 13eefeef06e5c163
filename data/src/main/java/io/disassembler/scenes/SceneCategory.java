package io.disassembler.scenes;

import java.util.List;
import java.util.Locale;

/** What a pixel of a scene shows, in the order of the mask values. */
public enum SceneCategory {
  SKY(0, 0x87ceeb),
  BUILDING(1, 0x8c564b),
  ROAD(2, 0x6b5b7b),
  PAVEMENT(3, 0xe8a0c8),
  GRASS(4, 0x98df8a),
  TREE(5, 0x2e8b3d),
  POLE(6, 0x9aa0a6),
  SIGN(7, 0xffd92f),
  CAR(8, 0x1f5fd6),
  PERSON(9, 0xe0303a);

  private static final List<SceneCategory> BY_MASK_VALUE = List.of(values());

  private final int maskValue;
  private final int color;

  SceneCategory(int maskValue, int color) {
    this.maskValue = maskValue;
    this.color = color;
  }

  /** The category that a mask value stands for. */
  public static SceneCategory of(int maskValue) {
    return BY_MASK_VALUE.get(maskValue);
  }

  /** What stands for it in masks, from 0. */
  public int maskValue() {
    return maskValue;
  }

  /** Colour in pictures of masks, 0xRRGGBB. */
  public int color() {
    return color;
  }

  /** Name on a network card. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Names of all categories in the order of their mask values. */
  public static List<String> labels() {
    return BY_MASK_VALUE.stream().map(SceneCategory::label).toList();
  }
}
