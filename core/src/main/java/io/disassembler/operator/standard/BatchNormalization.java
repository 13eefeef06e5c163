package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX BatchNormalization: (x - mean) / sqrt(var + epsilon) * scale + B for each channel of X (N,
 * C, ...). In training mode mean and variance are the batch's own, and the running ones that an
 * epoch would go on with are outputs too.
 *
 * @param momentum weight of the old running statistics, in [0, 1]
 */
@ChannelRule("pass through; its parameters are sliced")
public record BatchNormalization(double epsilon, double momentum, boolean training)
    implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("BatchNormalization", 1, 6, 7, 9, 14, 15);
    }

    @Override
    protected BatchNormalization parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      if (!attributes.flag("spatial", true)) {
        throw attributes.refuse("spatial", "1 (statistics for each channel)", "0");
      }
      boolean inference = attributes.flag("is_test", false) || attributes.outputs() == 1;
      return new BatchNormalization(
          attributes.real("epsilon", 1e-5f),
          attributes.real("momentum", 0.9f),
          attributes.opset() < 14 ? !inference : attributes.flag("training_mode", false));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor mean = inputs.get(3);
    Tensor variance = inputs.get(4);
    Tensor y =
        torch.batch_norm(
            x,
            new TensorOptional(inputs.get(1)),
            new TensorOptional(inputs.get(2)),
            training ? new TensorOptional() : new TensorOptional(mean),
            training ? new TensorOptional() : new TensorOptional(variance),
            training,
            0,
            epsilon,
            false);
    if (!training) {
      return List.of(y, mean, variance, mean, variance);
    }
    long[] others = LongStream.range(0, x.dim()).filter(axis -> axis != 1).toArray();
    T_TensorTensor_T batch = torch.var_mean(x, others, false, false);
    return List.of(
        y,
        running(mean, batch.get1()),
        running(variance, batch.get0()),
        batch.get1(),
        batch.get0());
  }

  private Tensor running(Tensor old, Tensor batch) {
    return old.mul(new Scalar(momentum)).add(batch.mul(new Scalar(1 - momentum)));
  }

  @Override
  public int channelScale() {
    return 1;
  }

  @Override
  public void flow(ChannelFlow flow) {
    int[] channels = flow.channels(0, 1);
    for (int parameter = 1; parameter <= 4; parameter++) {
      PerChannel.follow(flow, parameter, 0, channels);
    }
    for (int index = 0; index < flow.outputs(); index++) {
      flow.output(index, Labels.along(flow.output(index), index == 0 ? 1 : 0, channels));
    }
  }
}
