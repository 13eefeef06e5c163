package io.disassembler.operator;

import io.disassembler.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An operator that works element by element with multidirectional broadcasting: the channels of its
 * inputs are united one by one and pass through.
 */
public interface Elementwise extends Operator {

  @Override
  default void flow(ChannelFlow flow) {
    Shape shape = flow.output(0);
    List<Labels> operands = new ArrayList<>();
    for (int index = 0; index < flow.inputs(); index++) {
      if (flow.has(index)) {
        operands.add(aligned(flow.labels(index), shape.rank()));
      }
    }
    Labels united = unite(flow, operands, shape);
    for (int index = 0; index < flow.outputs(); index++) {
      flow.output(index, united.withShape(flow.output(index)));
    }
  }

  private static Labels unite(ChannelFlow flow, List<Labels> operands, Shape shape) {
    long[] extents = new long[shape.rank()];
    Arrays.fill(extents, 1);
    for (Labels operand : operands) {
      for (int axis = 0; axis < extents.length; axis++) {
        extents[axis] = Math.max(extents[axis], operand.grid().dimension(axis));
      }
    }
    List<Labels> full = new ArrayList<>();
    for (Labels operand : operands) {
      if (isBroadcast(operand, extents)) {
        flow.pin(operand, "broadcast over the channels of another operand");
      } else {
        full.add(operand);
      }
    }
    if (full.isEmpty()) {
      return Labels.constant(shape, Labels.NONE);
    }
    Shape grid = Shape.of(extents);
    int[] result = spread(full.get(0), grid);
    for (Labels operand : full.subList(1, full.size())) {
      int[] other = spread(operand, grid);
      for (int i = 0; i < result.length; i++) {
        flow.unite(result[i], other[i]);
      }
    }
    return Labels.ofGrid(shape, grid, result);
  }

  /** One element of {@code operand} meets many channels: it cannot go with any of them. */
  private static boolean isBroadcast(Labels operand, long[] extents) {
    for (int axis = 0; axis < extents.length; axis++) {
      if (extents[axis] > 1 && operand.shape().dimension(axis) == 1) {
        return true;
      }
    }
    return false;
  }

  private static Labels aligned(Labels labels, int rank) {
    int missing = rank - labels.shape().rank();
    return missing == 0
        ? labels
        : Labels.ofGrid(
            prepend(labels.shape(), missing), prepend(labels.grid(), missing), labels.values());
  }

  private static Shape prepend(Shape shape, int ones) {
    long[] extents = new long[ones + shape.rank()];
    Arrays.fill(extents, 0, ones, 1);
    System.arraycopy(shape.dimensions(), 0, extents, ones, shape.rank());
    return Shape.of(extents);
  }

  private static int[] spread(Labels labels, Shape grid) {
    int rank = grid.rank();
    int[] values = labels.values();
    int[] spread = new int[Math.toIntExact(grid.elements())];
    long[] strides = new long[rank];
    long stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      strides[axis] = labels.grid().dimension(axis) == 1 ? 0 : stride;
      stride *= labels.grid().dimension(axis);
    }
    for (int i = 0; i < spread.length; i++) {
      long rest = i;
      long source = 0;
      for (int axis = rank - 1; axis >= 0; axis--) {
        source += rest % grid.dimension(axis) * strides[axis];
        rest /= grid.dimension(axis);
      }
      spread[i] = values[Math.toIntExact(source)];
    }
    return spread;
  }
}
