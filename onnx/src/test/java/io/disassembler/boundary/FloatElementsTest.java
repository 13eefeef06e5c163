package io.disassembler.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatElementsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0x0000",
    "-0.0, 0x8000",
    "1, 0x3c00",
    "-2, 0xc000",
    "65504, 0x7bff",
    "0.333251953125, 0x3555",
    "6.103515625e-05, 0x0400",
    "6.097555e-05, 0x03ff",
    "5.9604645e-08, 0x0001",
    "Infinity, 0x7c00",
    "-Infinity, 0xfc00"
  })
  void halvesAreThoseOfIeee754(float value, String bits) {
    assertThat(shorts(value, ElementType.FLOAT16)).isEqualTo(Integer.decode(bits));
    assertThat(floats(Integer.decode(bits), ElementType.FLOAT16)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1.00048828125, 0x3c00",
    "1.00146484375, 0x3c02",
    "65519, 0x7bff",
    "65520, 0x7c00",
    "1e-8, 0x0000",
    "0.99999, 0x3c00"
  })
  void whatLiesBetweenIsRoundedToTheNearestTiesToEven(float value, String bits) {
    assertThat(shorts(value, ElementType.FLOAT16)).isEqualTo(Integer.decode(bits));
  }

  @Test
  void everyHalfAndEveryBfloat16ComesBack() {
    for (ElementType type : new ElementType[] {ElementType.FLOAT16, ElementType.BFLOAT16}) {
      for (int bits = 0; bits < 1 << 16; bits++) {
        float value = floats(bits, type);
        if (!Float.isNaN(value)) {
          assertThat(shorts(value, type)).isEqualTo(bits);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0x3f80", "1.00390625, 0x3f80", "1.01171875, 0x3f82", "-3.4e38, 0xff80"})
  void bfloat16IsTheRoundedUpperHalf(float value, String bits) {
    assertThat(shorts(value, ElementType.BFLOAT16)).isEqualTo(Integer.decode(bits));
  }

  private static int shorts(float value, ElementType type) {
    Weight one = Weight.ofFloats("w", Shape.of(1), value);
    return FloatElements.as(one, type).data().getShort() & 0xffff;
  }

  private static float floats(int bits, ElementType type) {
    ByteBuffer raw = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    raw.putShort(0, (short) bits);
    return FloatElements.as(Weight.of("w", type, Shape.of(1), raw), ElementType.FLOAT).floats()[0];
  }
}
