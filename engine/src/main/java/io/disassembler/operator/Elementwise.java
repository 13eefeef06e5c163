package io.disassembler.operator;

import io.disassembler.graph.Shape;

/**
 * An operator that works element by element with multidirectional broadcasting: the channels of its
 * inputs are united one by one and pass through; weights are sliced along with them.
 */
@ChannelRule("united one by one; pass through")
public interface Elementwise extends Operator {

  @Override
  default void flow(ChannelFlow flow) {
    if (flow.inputs() == 1) {
      flow.output(0, flow.labels(0).withShape(flow.output(0)));
      return;
    }
    int axis = channelAxis(flow);
    if (axis == SEVERAL) {
      flow.pinAll("its operands have channels along different axes");
      return;
    }
    for (int index = 0; index < flow.outputs(); index++) {
      Shape shape = flow.output(index);
      flow.output(
          index,
          axis == NOWHERE
              ? withoutChannels(flow, shape)
              : Labels.along(shape, axis, unite(flow, axis)));
    }
  }

  int NOWHERE = -1;
  int SEVERAL = -2;

  /** The axis of the output along which the channels of operands lie. */
  private static int channelAxis(ChannelFlow flow) {
    int found = NOWHERE;
    for (int index = 0; index < flow.inputs(); index++) {
      if (!isComputed(flow, index)) {
        continue;
      }
      int offset = flow.output(0).rank() - flow.input(index).rank();
      Labels labels = flow.straight(index);
      for (int axis = 0; axis < labels.shape().rank(); axis++) {
        if (labels.varies(axis)) {
          if (found != NOWHERE && found != axis + offset) {
            return SEVERAL;
          }
          found = axis + offset;
        }
      }
    }
    return found;
  }

  private static boolean isComputed(ChannelFlow flow, int index) {
    return flow.has(index) && !flow.isWeight(index);
  }

  /** Unites the operands' channels along {@code axis} of the output. */
  private static int[] unite(ChannelFlow flow, int axis) {
    int[] united = new int[Math.toIntExact(flow.output(0).dimension(axis))];
    boolean first = true;
    for (int index = 0; index < flow.inputs(); index++) {
      int own = axis - (flow.output(0).rank() - (flow.has(index) ? flow.input(index).rank() : 0));
      if (!isComputed(flow, index) || own < 0) {
        continue;
      }
      if (flow.input(index).dimension(own) != united.length) {
        flow.pin(flow.labels(index), "broadcast over the channels of another operand");
        continue;
      }
      int[] labels = flow.straight(index).along(own);
      for (int i = 0; i < united.length && !first; i++) {
        flow.unite(united[i], labels[i]);
      }
      united = first ? labels : united;
      first = false;
    }
    slice(flow, axis, united);
    return united;
  }

  private static void slice(ChannelFlow flow, int axis, int[] labels) {
    for (int index = 0; index < flow.inputs(); index++) {
      if (flow.has(index) && flow.isWeight(index)) {
        int own = axis - (flow.output(0).rank() - flow.input(index).rank());
        if (own >= 0 && flow.input(index).dimension(own) == labels.length && labels.length > 1) {
          flow.slices(index, own, labels);
        }
      }
    }
  }

  /**
   * Labels where no operand has channels. An axis that stored operands alone have is channels of
   * their own, as the kernels of CondConv are, which computed shares multiply: they go with what
   * they turn out to be.
   */
  private static Labels withoutChannels(ChannelFlow flow, Shape shape) {
    Labels none = constant(flow, shape);
    for (int axis = 0; axis < shape.rank() && flow.outputs() == 1; axis++) {
      if (shape.dimension(axis) > 1 && isStored(flow, axis)) {
        int[] own = flow.fresh(Math.toIntExact(shape.dimension(axis)));
        slice(flow, axis, own);
        return Labels.along(shape, axis, own);
      }
    }
    return none;
  }

  /** Whether the output has its extent along the axis from stored operands alone. */
  private static boolean isStored(ChannelFlow flow, int axis) {
    boolean stored = false;
    for (int index = 0; index < flow.inputs(); index++) {
      int own = axis - (flow.output(0).rank() - (flow.has(index) ? flow.input(index).rank() : 0));
      boolean extended = flow.has(index) && own >= 0 && flow.input(index).dimension(own) > 1;
      if (extended && !flow.isWeight(index)) {
        return false;
      }
      stored |= extended;
    }
    return stored;
  }

  /** No operand has more than one channel: what is one channel everywhere stays for ever. */
  private static Labels constant(ChannelFlow flow, Shape shape) {
    for (int index = 0; index < flow.inputs(); index++) {
      if (isComputed(flow, index)) {
        for (int label : flow.labels(index).values()) {
          flow.pinWhole(label);
        }
      }
    }
    return Labels.constant(shape, Labels.NONE);
  }
}
