package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
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
 * ONNX InstanceNormalization: every channel of every image of X (N, C, ...) to mean 0 and variance
 * 1, then scaled and shifted by scale (C) and B (C).
 */
@ChannelRule("pass through; its parameters are sliced")
record InstanceNormalization(double epsilon) implements Operator, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("InstanceNormalization", 1, 6, 22);
    }

    @Override
    protected InstanceNormalization parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new InstanceNormalization(attributes.real("epsilon", 1e-5f));
    }
  }

  @Override
  public boolean learns(int index) {
    return index == 1 || index == 2;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(
        torch.instance_norm(
            inputs.get(0),
            new TensorOptional(inputs.get(1)),
            new TensorOptional(inputs.get(2)),
            new TensorOptional(),
            new TensorOptional(),
            true,
            0,
            epsilon,
            false));
  }

  @Override
  public void flow(ChannelFlow flow) {
    int[] channels = flow.channels(0, 1);
    PerChannel.follow(flow, 1, 0, channels);
    PerChannel.follow(flow, 2, 0, channels);
    flow.output(0, Labels.along(flow.output(0), 1, channels));
  }
}
