package io.disassembler.data;

/** Changes decoded images, and their labels with them, before they are resized. */
@FunctionalInterface
public interface Augmenter {
  /** Leaves every image as it is. */
  Augmenter NONE = (index, image) -> image;

  /**
   * The changed image; called from several threads.
   *
   * @param index place of the sample among those that are loaded
   */
  LabelledBitmap augment(int index, LabelledBitmap image);
}
