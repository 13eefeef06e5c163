package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.flow.ChannelsThrough;
import io.disassembler.operator.shape.Axes;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** ONNX GlobalAveragePool: mean of each map of X (N, C, spatial...). Opset 1, 22. */
@ChannelRule("pass through")
record GlobalAveragePool() implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("GlobalAveragePool", 1, 22);
    }

    @Override
    protected GlobalAveragePool parse(Attributes attributes) {
      return new GlobalAveragePool();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] space = Axes.from(2, (int) x.dim());
    if (!x.requires_grad() || TensorData.type(x).bytes() < Float.BYTES) {
      return List.of(x.mean(space, true, new ScalarTypeOptional()));
    }
    // The same, but the gradient of a mean divides at each pixel anew.
    double count = (double) x.numel() / (x.size(0) * x.size(1));
    return List.of(x.sum(space, true, new ScalarTypeOptional()).div(new Scalar(count)));
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flowMixingSpace(flow, "averaged with its neighbours");
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }

  @Override
  public boolean commutesWithMixing() {
    return true;
  }
}
