package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.flow.ChannelsThrough;
import io.disassembler.operator.shape.Axes;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX GlobalLpPool: (sum of |x|^p)^(1/p) over each map of X (N, C, spatial...). Opset 1 (p is a
 * float), 2, 22.
 */
@ChannelRule("pass through")
record GlobalLpPool(double p) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("GlobalLpPool", 1, 2, 22);
    }

    @Override
    protected GlobalLpPool parse(Attributes attributes) {
      return new GlobalLpPool(LpPool.exponent(attributes));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] space = Axes.from(2, (int) x.dim());
    return List.of(
        x.abs()
            .pow(new Scalar(p))
            .sum(space, true, new ScalarTypeOptional())
            .pow(new Scalar(1 / p)));
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flowMixingSpace(flow, "pooled over along with its neighbours");
  }
}
