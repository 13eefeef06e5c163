package io.disassembler.operator.family;

import io.disassembler.graph.Shape;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An operator that mixes the elements of its first input along some axes and treats all else alike:
 * channels pass through if they lie along another axis; those that are mixed go together if they
 * share an index along another axis, or else stay.
 */
@ChannelRule("pass through; pinned where it mixes them")
public interface Mixing extends Operator {

  /** The axes along which elements influence each other, from the front. */
  int[] mixedAxes(ChannelFlow flow);

  @Override
  default void flow(ChannelFlow flow) {
    Labels labels = flow.labels(0);
    int[] mixed = mixedAxes(flow);
    int[] apart = apart(labels, mixed);
    boolean mixes = Arrays.stream(mixed).anyMatch(labels::varies);
    boolean pinned = mixes && apart.length != 1;
    if (pinned) {
      flow.pin(labels, getClass().getSimpleName() + " over channels");
    } else if (mixes) {
      labels = Labels.along(labels.shape(), apart[0], flow.uniteAcross(labels, apart[0]));
    }
    for (int index = 0; index < flow.outputs(); index++) {
      Shape shape = flow.output(index);
      flow.output(
          index, pinned ? Labels.constant(shape, Labels.NONE) : project(labels, mixed, shape));
    }
  }

  /** The axes along which labels differ and nothing is mixed. */
  static int[] apart(Labels labels, int[] mixed) {
    return IntStream.range(0, labels.shape().rank())
        .filter(axis -> labels.varies(axis) && Arrays.binarySearch(mixed, axis) < 0)
        .toArray();
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
