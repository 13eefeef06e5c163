package io.disassembler.boundary;

import io.disassembler.graph.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * What the axes of a value between a network's end and its first or last layer are, in their order.
 *
 * @param letters of {@code N}, {@code C}, {@code H} and {@code W}, each once at most
 */
record AxisOrder(String letters) {
  private static final char BATCH = 'N';
  private static final char CHANNELS = 'C';

  static AxisOrder of(Layout layout) {
    return new AxisOrder(layout.name());
  }

  int channelAxis() {
    return letters.indexOf(CHANNELS);
  }

  boolean has(char axis) {
    return letters.indexOf(axis) >= 0;
  }

  /** After a Transpose: axis {@code order[i]} comes to place i. */
  AxisOrder transposed(List<Long> order) {
    StringBuilder moved = new StringBuilder();
    order.forEach(axis -> moved.append(letters.charAt(Math.toIntExact(axis))));
    return new AxisOrder(moved.toString());
  }

  /** Before the Transpose that made this order. */
  AxisOrder untransposed(List<Long> order) {
    char[] before = new char[letters.length()];
    for (int place = 0; place < before.length; place++) {
      before[Math.toIntExact(order.get(place))] = letters.charAt(place);
    }
    return new AxisOrder(String.valueOf(before));
  }

  /** Without the axis at {@code place}. */
  AxisOrder without(int place) {
    return new AxisOrder(new StringBuilder(letters).deleteCharAt(place).toString());
  }

  /** With one more axis: the batch if that is missing and comes first, else the channels. */
  AxisOrder with(int place) {
    return inserted(place, place == 0 && !has(BATCH) ? BATCH : CHANNELS);
  }

  /** With channels along a new axis. */
  AxisOrder withChannels(int place) {
    return inserted(place, CHANNELS);
  }

  private AxisOrder inserted(int place, char axis) {
    return new AxisOrder(new StringBuilder(letters).insert(place, axis).toString());
  }

  /** Whether {@link #with} makes sense. */
  boolean canTake(int place) {
    return place == 0 && !has(BATCH) || !has(CHANNELS);
  }

  /** The order of a Transpose that makes {@code other} of this. */
  List<Long> to(AxisOrder other) {
    List<Long> order = new ArrayList<>();
    other.letters.chars().forEach(axis -> order.add((long) letters.indexOf(axis)));
    return order;
  }
}
