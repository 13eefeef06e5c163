package io.disassembler.evaluation;

/** Whose pixels are counted where there are masks. */
public enum CountedPixels {
  /** Those of the network's input: masks are resized to it by nearest neighbour. */
  INPUT("input"),
  /** Those of the image as it is stored: scores are resized to it bilinearly. */
  IMAGE("image");

  private final String text;

  CountedPixels(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
