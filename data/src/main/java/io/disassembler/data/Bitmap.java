package io.disassembler.data;

/** An 8-bit image: {@code height x width x channels} unsigned samples, interleaved (HWC). */
public final class Bitmap {
  private final Size size;
  private final int channels;
  private final byte[] samples;

  /**
   * @param samples unsigned bytes, row by row, the channels of a pixel side by side; not copied
   */
  public Bitmap(Size size, int channels, byte[] samples) {
    if (samples.length != Math.multiplyExact(size.area(), channels)) {
      throw new IllegalArgumentException(
          samples.length + " samples for " + size + " with " + channels + " channels");
    }
    this.size = size;
    this.channels = channels;
    this.samples = samples;
  }

  public Size size() {
    return size;
  }

  public int channels() {
    return channels;
  }

  /** The samples themselves, not a copy. */
  public byte[] samples() {
    return samples;
  }

  /** Sample in 0 to 255. */
  public int sample(int row, int column, int channel) {
    return samples[(row * size.width() + column) * channels + channel] & 0xff;
  }

  /**
   * One channel from three by ITU-R BT.601 luma in 16-bit fixed point, rounded; equal channels keep
   * their value.
   */
  Bitmap toGray() {
    byte[] gray = new byte[size.area()];
    for (int i = 0; i < gray.length; i++) {
      int red = samples[3 * i] & 0xff;
      int green = samples[3 * i + 1] & 0xff;
      int blue = samples[3 * i + 2] & 0xff;
      gray[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
    }
    return new Bitmap(size, 1, gray);
  }
}
