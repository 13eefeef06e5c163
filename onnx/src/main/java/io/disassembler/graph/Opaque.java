package io.disassembler.graph;

import java.util.Arrays;

/**
 * Serialised content that we carry from a file to its rewritten copy without interpreting it:
 * documentation strings, unknown fields, annotations. Only {@code onnx/} looks inside.
 */
public final class Opaque {
  public static final Opaque NONE = new Opaque(new byte[0]);

  private final byte[] bytes;

  private Opaque(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Opaque of(byte[] bytes) {
    return bytes.length == 0 ? NONE : new Opaque(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Opaque opaque && Arrays.equals(bytes, opaque.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Opaque[" + bytes.length + " bytes]";
  }
}
