package io.disassembler.explorer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short names for bytes. */
final class Digest {
  private static final int BYTES = 8;

  private Digest() {}

  /** The first half of the SHA-256's first half, in hexadecimal: 16 digits. */
  static String of(byte[] bytes) {
    try {
      byte[] all = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(all, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
