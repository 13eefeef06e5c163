package io.disassembler.operator.standard;

import io.disassembler.graph.Shape;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import java.util.Arrays;

/**
 * An operator that mixes the elements of its first input along some axes and treats all else alike:
 * channels pass through if they lie along another axis, and stay if they are mixed.
 */
@ChannelRule("pass through; pinned where it mixes them")
interface Mixing extends Operator {

  /** The axes along which elements influence each other, from the front. */
  int[] mixedAxes(ChannelFlow flow);

  @Override
  default void flow(ChannelFlow flow) {
    Labels labels = flow.labels(0);
    int[] mixed = mixedAxes(flow);
    boolean pinned = Arrays.stream(mixed).anyMatch(labels::varies);
    if (pinned) {
      flow.pin(labels, getClass().getSimpleName() + " over channels");
    }
    for (int index = 0; index < flow.outputs(); index++) {
      Shape shape = flow.output(index);
      flow.output(
          index, pinned ? Labels.constant(shape, Labels.NONE) : project(labels, mixed, shape));
    }
  }

  /**
   * {@code labels} on an output that has {@code mixed} axes of another extent, or none of them.
   *
   * @param labels labels that do not differ along the mixed axes
   */
  static Labels project(Labels labels, int[] mixed, Shape output) {
    if (output.rank() == labels.shape().rank()) {
      return labels.withShape(output);
    }
    long[] grid = labels.grid().dimensions();
    long[] left = new long[output.rank()];
    int next = 0;
    for (int axis = 0; axis < grid.length; axis++) {
      if (Arrays.binarySearch(mixed, axis) < 0) {
        left[next++] = grid[axis];
      }
    }
    return Labels.ofGrid(output, Shape.of(left), labels.values());
  }
}
