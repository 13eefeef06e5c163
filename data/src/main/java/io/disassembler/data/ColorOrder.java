package io.disassembler.data;

/** What the channels of a network's input are, in their order. */
public enum ColorOrder {
  RGB(3),
  BGR(3),
  /** One channel, luma by ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B. */
  GRAY(1),
  /** Any number of channels, such as those of satellites or microscopes, as they are stored. */
  BANDS(0);

  private final int channels;

  ColorOrder(int channels) {
    this.channels = channels;
  }

  /** How many; 0 if any number. */
  public int channels() {
    return channels;
  }
}
