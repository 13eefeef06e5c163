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
 * the same positions go in every group, so that all groups stay equal.
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
    if (!flow.isWeight(1)) {
      computed(flow, group, in, outAxis);
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
    boolean inputFirst = inAxis == 0;
    if (inputFirst || !wholeGroups) {
      flow.slices(1, inAxis, inputFirst ? in : Arrays.copyOf(in, inSize));
    }
    if (!inputFirst || !wholeGroups) {
      flow.slices(1, outAxis, inputFirst ? Arrays.copyOf(out, outSize) : out);
    }
    if (flow.has(biases) && flow.isWeight(biases)) {
      flow.slices(biases, 0, out);
    } else if (flow.has(biases)) {
      int[] bias = flow.channels(biases, 0);
      for (int o = 0; o < out.length; o++) {
        flow.unite(out[o], bias[o]);
      }
    }
    flow.output(0, Labels.along(flow.output(0), 1, out));
  }

  /**
   * The weight is computed at run time: where it has channels along its axis of kernels they are
   * the output's, as of a sum of stored kernels with computed shares (CondConv). A tensor is sliced
   * along one axis, so what comes in stays, but for a depthwise layer, which has one channel each.
   */
  private static void computed(ChannelFlow flow, int group, int[] in, int outAxis) {
    boolean depthwise = group > 1 && group == in.length && flow.output(0).dimension(1) == group;
    Labels weight = flow.labels(1);
    if (outAxis != 0 || !weight.varies(0) || flow.has(2) || !(group == 1 || depthwise)) {
      flow.pinAll(COMPUTED);
      return;
    }
    int[] made = flow.channels(1, 0);
    int[] out = flow.kernels(0, 1);
    for (int o = 0; o < out.length; o++) {
      flow.unite(out[o], made[o]);
      if (depthwise) {
        flow.unite(out[o], in[o]);
      }
    }
    for (int i = 0; i < in.length && !depthwise; i++) {
      flow.pin(in[i], COMPUTED);
    }
    flow.output(0, Labels.along(flow.output(0), 1, out));
  }

  /** The node, a convolution whose weight lists one group's channels, with the groups left. */
  public static Node cut(ChannelCut cut, int group) {
    long left = cut.after().input(0).dimension(1) / cut.after().input(1).dimension(1);
    return left == group ? cut.node() : cut.node().withAttribute("group", new Attribute.Int(left));
  }
}
