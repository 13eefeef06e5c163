package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.Trained;
import io.disassembler.operator.flow.PerChannel;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX GroupNormalization: every group of consecutive channels of every image of X (N, C, ...) to
 * mean 0 and variance 1, then scaled and shifted. Scale and bias hold one entry for each group in
 * opset 18, one for each channel since opset 21.
 *
 * @param groups number of groups
 * @param perGroup scale and bias hold one entry for each group
 */
@ChannelRule("pass through in whole groups; its parameters are sliced")
record GroupNormalization(int groups, double epsilon, boolean perGroup)
    implements Operator, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("GroupNormalization", 18, 21);
    }

    @Override
    protected GroupNormalization parse(Attributes attributes) {
      // libtorch computes in at least 32 bits, which is what stash_type asks for.
      attributes.ignore("stash_type");
      long groups = attributes.integer("num_groups", 0);
      if (groups < 1) {
        throw attributes.refuse("num_groups", "at least 1", String.valueOf(groups));
      }
      return new GroupNormalization(
          Math.toIntExact(groups), attributes.real("epsilon", 1e-5f), attributes.opset() < 21);
    }
  }

  @Override
  public boolean learns(int index) {
    return index == 1 || index == 2;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    return List.of(
        torch.group_norm(
            x,
            groups,
            parameter(inputs.get(1), x.size(1)),
            parameter(inputs.get(2), x.size(1)),
            epsilon,
            false));
  }

  private TensorOptional parameter(Tensor parameter, long channels) {
    return new TensorOptional(
        perGroup ? parameter.repeat_interleave(channels / groups) : parameter);
  }

  @Override
  public void flow(ChannelFlow flow) {
    int[] channels = flow.channels(0, 1);
    int size = channels.length / groups;
    int[] first = new int[groups];
    for (int group = 0; group < groups; group++) {
      first[group] = channels[group * size];
      for (int i = 1; i < size; i++) {
        flow.unite(first[group], channels[group * size + i]);
      }
    }
    PerChannel.follow(flow, 1, 0, perGroup ? first : channels);
    PerChannel.follow(flow, 2, 0, perGroup ? first : channels);
    flow.output(0, Labels.along(flow.output(0), 1, channels));
  }

  @Override
  public Node cut(ChannelCut cut) {
    long size = cut.before().input(0).dimension(1) / groups;
    long left = cut.after().input(0).dimension(1) / size;
    return left == groups
        ? cut.node()
        : cut.node().withAttribute("num_groups", new Attribute.Int(left));
  }
}
