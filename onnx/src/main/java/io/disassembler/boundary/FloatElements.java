package io.disassembler.boundary;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Elements of weights as floats of another width, rounded to the nearest, ties to even. */
final class FloatElements {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;

  private FloatElements() {}

  /** The same elements as {@code type}; converted where they are read. */
  static Weight as(Weight weight, ElementType type) {
    return weight.type() == type
        ? weight
        : Weight.of(weight.name(), type, weight.shape(), () -> converted(weight, type));
  }

  private static ByteBuffer converted(Weight weight, ElementType type) {
    ByteBuffer from = weight.data();
    int count = Math.toIntExact(weight.shape().elements());
    ByteBuffer to =
        ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      double value = read(from, weight.type());
      switch (type) {
        case FLOAT -> to.putFloat((float) value);
        case DOUBLE -> to.putDouble(value);
        case FLOAT16 -> to.putShort(half((float) value));
        case BFLOAT16 -> to.putShort(brain((float) value));
        default -> throw new IllegalArgumentException(type + " is no float");
      }
    }
    return to.flip();
  }

  private static double read(ByteBuffer from, ElementType type) {
    return switch (type) {
      case FLOAT -> from.getFloat();
      case DOUBLE -> from.getDouble();
      case FLOAT16 -> half(from.getShort());
      case BFLOAT16 -> Float.intBitsToFloat((from.getShort() & 0xffff) << 16);
      default -> throw new IllegalArgumentException(type + " is no float");
    };
  }

  /** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        exponent == 0x1f
            ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
            : exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb(1 + fraction / 1024f, exponent - 15);
    return bits < 0 ? -magnitude : magnitude;
  }

  private static short half(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | INFINITY | 0x200);
    }
    if (magnitude >= 65520) {
      return (short) (sign | INFINITY);
    }
    // Spacing of halves around the value; a rounding up to the next power of two carries over.
    int exponent = Math.max(Math.getExponent(magnitude), -14);
    int steps = (int) Math.rint(Math.scalb((double) magnitude, 10 - exponent));
    return (short) (sign | (exponent + 14 << 10) + steps);
  }

  /** The upper half of a float. */
  private static short brain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }
}
