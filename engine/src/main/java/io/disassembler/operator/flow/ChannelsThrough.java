package io.disassembler.operator.flow;

import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Labels;
import java.util.function.IntPredicate;

/** Channels of input 0 pass through an operator that mixes elements along some axes only. */
public final class ChannelsThrough {
  private ChannelsThrough() {}

  /**
   * Passes the labels of input 0 to every output. Where they differ along a mixed axis, all
   * elements that share an index along another axis are united first; if no other axis carries
   * channels, nothing can be cut.
   *
   * @param mixed the axes along which elements meet
   * @param reason why channels along such an axis cannot be cut
   */
  public static void flow(ChannelFlow flow, IntPredicate mixed, String reason) {
    Labels labels = flow.labels(0);
    boolean meet = false;
    int apart = -1;
    for (int axis = labels.shape().rank() - 1; axis >= 0; axis--) {
      meet |= mixed.test(axis) && labels.varies(axis);
      apart = !mixed.test(axis) && labels.varies(axis) ? axis : apart;
    }
    if (meet && apart < 0) {
      flow.pinAll(reason);
      return;
    }
    int[] united = meet ? flow.channels(0, apart) : new int[0];
    for (int index = 0; index < flow.outputs(); index++) {
      flow.output(
          index,
          meet
              ? Labels.along(flow.output(index), apart, united)
              : labels.withShape(flow.output(index)));
    }
  }

  /** Passes the labels of feature maps (N, C, spatial...) whose spatial axes are mixed. */
  public static void flowMixingSpace(ChannelFlow flow, String reason) {
    flow(flow, axis -> axis >= 2, reason);
  }
}
