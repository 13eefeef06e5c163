package io.disassembler.operator.shape;

import io.disassembler.operator.CannotRunException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** ONNX's axes, which may be counted from the back. */
public final class Axes {
  private Axes() {}

  /** {@code axis}, counted from the front, of a tensor of {@code rank} axes. */
  public static int front(long axis, int rank) {
    long front = axis < 0 ? axis + rank : axis;
    if (front < 0 || front >= Math.max(rank, 1)) {
      throw new CannotRunException("axis " + axis + " of a tensor with " + rank + " axes");
    }
    return (int) front;
  }

  /** Each of {@code axes}, counted from the front. */
  public static int[] front(long[] axes, int rank) {
    return Arrays.stream(axes).mapToInt(axis -> front(axis, rank)).toArray();
  }

  /** The axes {@code from} and on, of a tensor of {@code rank} axes. */
  public static long[] from(int from, int rank) {
    long[] axes = new long[Math.max(0, rank - from)];
    Arrays.setAll(axes, i -> from + i);
    return axes;
  }

  /** {@code axis} and all behind it, counted from the front, of a tensor of {@code rank} axes. */
  public static int[] trailing(long axis, int rank) {
    return IntStream.range(front(axis, rank), rank).toArray();
  }

  /** Each of {@code axes} once, counted from the front, ascending. */
  public static int[] ascending(long[] axes, int rank) {
    return Arrays.stream(front(axes, rank)).sorted().distinct().toArray();
  }
}
