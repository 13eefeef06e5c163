package io.disassembler.explorer.work;

/**
 * What a client may send.
 *
 * @param uploadBytes largest request
 * @param imagePixels largest image, whatever its size in bytes
 */
public record Limits(long uploadBytes, long imagePixels) {
  /** 32 MB, 32 million pixels: the photographs of any usual camera. */
  public static final Limits DEFAULT = new Limits(32_000_000, 32_000_000);
}
