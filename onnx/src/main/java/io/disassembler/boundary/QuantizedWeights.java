package io.disassembler.boundary;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Floats as whole numbers with scales: which scales, and rounded to which numbers. */
final class QuantizedWeights {
  private QuantizedWeights() {}

  /**
   * {@code floats} rounded to steps of {@code scale}.
   *
   * @param zeroPoint empty for 0
   * @param axis along which scales differ
   */
  static Quantized rounded(
      Weight floats,
      String name,
      ElementType type,
      Weight scale,
      Optional<Weight> zeroPoint,
      int axis) {
    float[] numbers = floats.floats();
    float[] scales = scale.floats();
    long[] zeros = zeroPoint.map(Weight::integers).orElseGet(() -> new long[scales.length]);
    long inner = inner(floats.shape(), axis);
    ByteBuffer raw =
        ByteBuffer.allocate(Math.multiplyExact(numbers.length, type.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < numbers.length; i++) {
      int at = (int) (i / inner % scales.length);
      double step = Math.rint((double) numbers[i] / scales[at]) + zeros[at];
      put(raw, type, (long) Math.min((double) most(type), Math.max((double) least(type), step)));
    }
    return new Quantized(Weight.of(name, type, floats.shape(), raw.flip()), scale, zeroPoint, axis);
  }

  /**
   * {@code floats} as whole numbers of the kind that {@code like} has: the same type, scales along
   * the same axis, zero where it was if that is the same everywhere, and numbers that go as far.
   * The scales are the least that reach what there is now, unless the old ones hold it exactly.
   */
  static Quantized alike(Weight floats, Quantized like) {
    if (floats.shape().equals(like.values().shape())) {
      Quantized same =
          rounded(
              floats,
              like.values().name(),
              like.values().type(),
              like.scale(),
              like.zeroPoint(),
              like.axis());
      if (same.floats(floats.name()).equals(floats)) {
        return same;
      }
    }
    ElementType type = like.values().type();
    int scales =
        like.axis() == Quantized.NO_AXIS
            ? 1
            : Math.toIntExact(floats.shape().dimension(like.axis()));
    long[] used = range(like.values().integers(), least(type), most(type));
    Optional<Long> centre = centre(like);
    float[] numbers = floats.floats();
    float[] low = new float[scales];
    float[] high = new float[scales];
    long inner = inner(floats.shape(), like.axis());
    for (int i = 0; i < numbers.length; i++) {
      int at = (int) (i / inner % scales);
      low[at] = Math.min(low[at], numbers[i]);
      high[at] = Math.max(high[at], numbers[i]);
    }
    float[] steps = new float[scales];
    long[] zeros = new long[scales];
    for (int at = 0; at < scales; at++) {
      if (centre.isPresent()) {
        zeros[at] = centre.get();
        long reach = Math.max(1, Math.max(used[1] - zeros[at], zeros[at] - used[0]));
        long within = Math.min(reach, most(type) - zeros[at]);
        steps[at] = Math.max(-low[at], high[at]) / within;
      } else {
        steps[at] = (high[at] - low[at]) / Math.max(1, used[1] - used[0]);
        zeros[at] = steps[at] > 0 ? used[0] + Math.round(-low[at] / (double) steps[at]) : used[0];
      }
      steps[at] = steps[at] >= Float.MIN_NORMAL ? steps[at] : 1;
    }
    Shape shape = like.axis() == Quantized.NO_AXIS ? like.scale().shape() : Shape.of(scales);
    Weight scale = Weight.ofFloats(like.scale().name(), shape, steps);
    Optional<Weight> zero =
        like.zeroPoint().map(point -> integers(point.name(), type, shape, zeros));
    return rounded(floats, like.values().name(), type, scale, zero, like.axis());
  }

  /** Whole numbers of {@code type}. */
  static Weight integers(String name, ElementType type, Shape shape, long... numbers) {
    ByteBuffer raw =
        ByteBuffer.allocate(numbers.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      put(raw, type, number);
    }
    return Weight.of(name, type, shape, raw.flip());
  }

  /**
   * What stands for zero in all of {@code quantized}; empty if that differs or lies at the side.
   */
  private static Optional<Long> centre(Quantized quantized) {
    if (quantized.zeroPoint().isEmpty()) {
      return Optional.of(0L);
    }
    ElementType type = quantized.values().type();
    long[] zeros = quantized.zeroPoint().get().integers();
    long middle = (least(type) + most(type) + 1) / 2;
    for (long zero : zeros) {
      if (zero != middle) {
        return Optional.empty();
      }
    }
    return Optional.of(middle);
  }

  private static long[] range(long[] numbers, long least, long most) {
    long low = most;
    long high = least;
    for (long number : numbers) {
      low = Math.min(low, number);
      high = Math.max(high, number);
    }
    return new long[] {Math.min(low, high), high};
  }

  private static long inner(Shape shape, int axis) {
    long inner = 1;
    for (int behind = axis + 1; behind < shape.rank(); behind++) {
      inner *= shape.dimension(behind);
    }
    return inner;
  }

  private static void put(ByteBuffer raw, ElementType type, long number) {
    switch (type.bytes()) {
      case 1 -> raw.put((byte) number);
      case 2 -> raw.putShort((short) number);
      default -> raw.putInt((int) number);
    }
  }

  /** The smallest number of {@code type}. */
  static long least(ElementType type) {
    return switch (type) {
      case UINT8, UINT16 -> 0;
      default -> -1L << (8 * type.bytes() - 1);
    };
  }

  /** The largest number of {@code type}. */
  static long most(ElementType type) {
    return least(type) + (1L << (8 * type.bytes())) - 1;
  }
}
