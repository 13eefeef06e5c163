package io.disassembler.graph;

import java.util.Arrays;
import java.util.Optional;

/** Element type of a tensor, with ONNX's number for it (TensorProto.DataType). */
public enum ElementType {
  FLOAT(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  UINT16(4, 2),
  INT16(5, 2),
  INT32(6, 4),
  INT64(7, 8),
  BOOL(9, 1),
  FLOAT16(10, 2),
  DOUBLE(11, 8),
  UINT32(12, 4),
  UINT64(13, 8),
  BFLOAT16(16, 2);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** ONNX's number for this type. */
  public int code() {
    return code;
  }

  /** Bytes of one element in ONNX's raw little-endian layout. */
  public int bytes() {
    return bytes;
  }

  /** True for floating-point types, the ones that carry feature maps and gradients. */
  public boolean isFloating() {
    return this == FLOAT || this == FLOAT16 || this == BFLOAT16 || this == DOUBLE;
  }

  /** The type with ONNX's number {@code code}; empty if we do not support that type. */
  public static Optional<ElementType> ofCode(long code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }
}
