package io.disassembler.explorer.work;

import io.disassembler.base.Sha256;

/** Short names for bytes. */
public final class Digest {
  private static final int BYTES = 8;

  private Digest() {}

  /** The first half of the SHA-256's first half, in hexadecimal: 16 digits. */
  public static String of(byte[] bytes) {
    return Sha256.of(bytes).substring(0, 2 * BYTES);
  }
}
