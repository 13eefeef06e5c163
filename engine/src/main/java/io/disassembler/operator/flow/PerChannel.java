package io.disassembler.operator.flow;

import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;

/** An operand that holds one entry for each channel: a scale, a bias, a mean. */
public final class PerChannel {
  private PerChannel() {}

  /**
   * Input {@code index} has an entry for each of {@code channels} along {@code axis}: a stored
   * weight is sliced with them, a computed value shares their fate. An omitted input is passed
   * over.
   */
  public static void follow(ChannelFlow flow, int index, int axis, int[] channels) {
    if (!flow.has(index)) {
      return;
    }
    CannotRunException.requireCount(
        "extent of input " + index + " along axis " + axis,
        channels.length,
        flow.input(index).dimension(axis));
    if (flow.isWeight(index)) {
      flow.slices(index, axis, channels);
      return;
    }
    int[] entries = flow.channels(index, axis);
    for (int i = 0; i < entries.length; i++) {
      flow.unite(channels[i], entries[i]);
    }
  }
}
