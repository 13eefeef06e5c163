package io.disassembler.operator.flow;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Labels;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How channels flow through a convolution with groups. Ungrouped: inputs are read, kernels are new.
 * Depthwise, or more groups than channels in one: whole groups live and die. Fewer, larger groups:
 * the same positions go in every group, so that all groups stay equal. A weight that is computed at
 * run time, as from stored kernels (CondConv), goes with the kernels that it has channels for.
 */
public final class GroupedChannels {
  private static final String COMPUTED = "its weights are computed at run time";

  private GroupedChannels() {}

  /** With an optional bias as operand 2. */
  public static void flow(ChannelFlow flow, int group, int inAxis, int outAxis) {
    flow(flow, group, inAxis, outAxis, 2);
  }

  /**
   * @param inAxis the weight's axis of input channels; all groups' for ConvTranspose
   * @param outAxis the weight's axis of kernels; one group's for ConvTranspose
   * @param biases the operand with an optional bias for each kernel
   */
  public static void flow(ChannelFlow flow, int group, int inAxis, int outAxis, int biases) {
    Labels x = flow.labels(0);
    if (!x.varies(1) && IntStream.range(2, x.shape().rank()).anyMatch(x::varies)) {
      flow.pin(x, "its kernels slide over channels");
    }
    int[] in = flow.channels(0, 1);
    boolean inputFirst = inAxis == 0;
    if (!flow.isWeight(1) && (inputFirst || !flow.labels(1).varies(outAxis))) {
      flow.pinAll(COMPUTED);
      return;
    }
    int[] out = flow.kernels(0, 1);
    int inSize = in.length / group;
    int outSize = out.length / group;
    boolean wholeGroups = group > 1 && (inSize == 1 || group >= inSize + outSize);
    for (int g = 0; g < group && group > 1; g++) {
      for (int i = 0; i < inSize; i++) {
        flow.unite(in[g * inSize + i], wholeGroups ? in[g * inSize] : in[i]);
      }
      for (int o = 0; o < outSize; o++) {
        flow.unite(out[g * outSize + o], wholeGroups ? in[g * inSize] : out[o]);
      }
    }
    if (inputFirst || !wholeGroups) {
      read(flow, inAxis, inputFirst ? in : Arrays.copyOf(in, inSize));
    }
    if (!inputFirst || !wholeGroups) {
      PerChannel.follow(flow, 1, outAxis, inputFirst ? Arrays.copyOf(out, outSize) : out);
    }
    PerChannel.follow(flow, biases, 0, out);
    flow.output(0, Labels.along(flow.output(0), 1, out));
  }

  /** A computed tensor is cut along one axis, and that of a weight is its kernels. */
  private static void read(ChannelFlow flow, int inAxis, int[] in) {
    if (flow.isWeight(1)) {
      flow.slices(1, inAxis, in);
      return;
    }
    for (int channel : in) {
      flow.pin(channel, COMPUTED);
    }
  }

  /** The node, a convolution whose weight lists one group's channels, with the groups left. */
  public static Node cut(ChannelCut cut, int group) {
    long left = cut.after().input(0).dimension(1) / cut.after().input(1).dimension(1);
    return left == group ? cut.node() : cut.node().withAttribute("group", new Attribute.Int(left));
  }
}
