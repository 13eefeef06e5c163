package io.disassembler.data;

/**
 * How many pixels an image or mask may say it has. A few kilobytes can claim gigabytes, so what
 * claims more is not decoded. Without the system property {@value #PROPERTY} it is what Pillow
 * refuses from on, 178,956,970, or less where the Java heap is smaller than that takes.
 */
public final class PixelLimit {
  /** System property with another limit. */
  public static final String PROPERTY = "disassembler.image.pixels";

  private static final long USUAL = 178_956_970;
  // Of two images at a time, each is held as it is stored and as 8-bit RGB; half of the heap is
  // left.
  private static final long BYTES_PER_PIXEL = 24;
  // Three samples of each must fit into an array.
  private static final long MOST = (Integer.MAX_VALUE - 8) / 3;

  private PixelLimit() {}

  /** The limit. */
  public static long pixels() {
    long usual = Math.min(USUAL, Runtime.getRuntime().maxMemory() / BYTES_PER_PIXEL);
    return Math.min(Long.getLong(PROPERTY, usual), MOST);
  }

  /** How many numbers an image of any number of bands may have: those of three colours. */
  static long samples() {
    return 3 * pixels();
  }

  /**
   * Refuses what says it is larger than the limit.
   *
   * @throws BrokenImageException if it has more pixels
   */
  public static void require(long height, long width) throws BrokenImageException {
    require(height, width, Long.MAX_VALUE);
  }

  /** The same with a lower limit. */
  static void require(long height, long width, long lower) throws BrokenImageException {
    long most = Math.min(lower, pixels());
    if (height > most || width > most || height * width > most) {
      throw new BrokenImageException(
          "%d x %d pixels (height x width) are more than the %d that an image may have%s"
              .formatted(
                  height,
                  width,
                  most,
                  most == lower ? "" : "; system property " + PROPERTY + " sets that limit"));
    }
  }
}
