package io.disassembler.operator.shape;

import io.disassembler.operator.CannotRunException;

/**
 * The indices that a slice takes along one axis: {@code start}, {@code start + step}, ...
 *
 * @param axis the axis, from the front
 * @param step not 0; negative backwards
 * @param count number of indices
 */
public record SliceRange(int axis, long start, long step, int count) {

  /**
   * ONNX's start, end and step on an axis of {@code extent}: negative from the back, clamped; the
   * largest number as end means to the end, backwards too.
   */
  public static SliceRange of(int axis, long start, long end, long step, long extent) {
    if (step == 0) {
      throw new CannotRunException("a step of 0 along axis " + axis);
    }
    long low = step > 0 ? 0 : -1;
    long high = step > 0 ? extent : extent - 1;
    long first = clamp(start < 0 ? start + extent : start, Math.max(low, 0), high);
    boolean open = step < 0 && (end == Integer.MAX_VALUE || end == Long.MAX_VALUE);
    long last = open ? low : clamp(end < 0 ? end + extent : end, low, high);
    long distance = step > 0 ? last - first : first - last;
    long stride = Math.abs(step);
    long count = Math.max(0, distance / stride + (distance % stride > 0 ? 1 : 0));
    return new SliceRange(axis, first, step, Math.toIntExact(count));
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(value, high));
  }

  /** The indices taken, in order. */
  public long[] indices() {
    long[] indices = new long[count];
    for (int i = 0; i < count; i++) {
      indices[i] = start + i * step;
    }
    return indices;
  }

  /** True if it takes all of an axis of {@code extent}, in order. */
  public boolean isWhole(long extent) {
    return start == 0 && step == 1 && count == extent;
  }

  /** One step past the last index taken, as ONNX's end on an axis of {@code extent}. */
  public long end(long extent) {
    if (count == 0) {
      return start;
    }
    long end = start + (count - 1) * step + Long.signum(step);
    return end >= 0 ? end : -extent - 1; // before index 0: counted from the back, and clamped
  }
}
