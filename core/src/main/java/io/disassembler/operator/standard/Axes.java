package io.disassembler.operator.standard;

import java.util.Arrays;

/** ONNX's axes, which may be counted from the back. */
final class Axes {
  private Axes() {}

  /** {@code axis}, counted from the front, of a tensor of {@code rank} axes. */
  static int front(long axis, int rank) {
    long front = axis < 0 ? axis + rank : axis;
    if (front < 0 || front >= Math.max(rank, 1)) {
      throw new IllegalArgumentException("axis " + axis + " of a tensor with " + rank + " axes");
    }
    return (int) front;
  }

  /** Each of {@code axes}, counted from the front. */
  static int[] front(long[] axes, int rank) {
    return Arrays.stream(axes).mapToInt(axis -> front(axis, rank)).toArray();
  }

  /** The axes {@code from} and on, of a tensor of {@code rank} axes. */
  static long[] from(int from, int rank) {
    long[] axes = new long[Math.max(0, rank - from)];
    Arrays.setAll(axes, i -> from + i);
    return axes;
  }
}
