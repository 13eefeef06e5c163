package io.disassembler.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Whole numbers q that stand for floats, {@code (q - zeroPoint) * scale} each (ONNX:
 * DequantizeLinear).
 *
 * @param values the whole numbers, of 8, 16 or 32 bits
 * @param scale one positive float, or one for each index along {@code axis}
 * @param zeroPoint what stands for zero, of the type of {@code values} and as many as there are
 *     scales; empty for 0
 * @param axis of {@code values} along which scales differ; -1 if there is one for all
 */
public record Quantized(Weight values, Weight scale, Optional<Weight> zeroPoint, int axis) {
  /** The axis where there is one scale for all. */
  public static final int NO_AXIS = -1;

  /** The floats, named {@code name}, that remember what they are stored as. */
  public Weight floats(String name) {
    return Weight.quantized(name, this);
  }

  /** The slices {@code indices} along {@code along}, with their scales. */
  public Quantized select(int along, int[] indices) {
    Weight selected = values.select(along, indices);
    return along == axis
        ? new Quantized(
            selected,
            scale.select(0, indices),
            zeroPoint.map(zero -> zero.select(0, indices)),
            axis)
        : new Quantized(selected, scale, zeroPoint, axis);
  }

  /** The floats in 32 bits, little-endian and row-major. */
  ByteBuffer dequantized() {
    float[] scales = scale.floats();
    long[] zeros = zeroPoint.map(Weight::integers).orElseGet(() -> new long[scales.length]);
    long[] integers = values.integers();
    ByteBuffer floats =
        ByteBuffer.allocate(Math.multiplyExact(integers.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
    long inner = inner();
    for (int i = 0; i < integers.length; i++) {
      int at = (int) (i / inner % scales.length);
      floats.putFloat((integers[i] - zeros[at]) * scales[at]);
    }
    return floats.flip();
  }

  /** How many elements in a row share a scale. */
  private long inner() {
    long inner = 1;
    for (int behind = axis + 1; behind < values.shape().rank(); behind++) {
      inner *= values.shape().dimension(behind);
    }
    return inner;
  }
}
