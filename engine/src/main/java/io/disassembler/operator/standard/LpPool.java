package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.flow.ChannelsThrough;
import io.disassembler.operator.shape.PoolWindow;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX LpPool: (sum of |x|^p)^(1/p) under each window of X (N, C, spatial...). Opset 1 (p is a
 * float), 2, 11, 18, 22.
 */
@ChannelRule("pass through")
record LpPool(SpatialWindow window, double p) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("LpPool", 1, 2, 11, 18, 22);
    }

    @Override
    protected LpPool parse(Attributes attributes) {
      return new LpPool(SpatialWindow.parse(attributes), exponent(attributes));
    }
  }

  /** The exponent of an Lp pooling: 2 unless the node says otherwise. */
  static double exponent(Attributes attributes) {
    return attributes.opset() < 2 ? attributes.real("p", 2) : attributes.integer("p", 2);
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    PoolWindow pool = PoolWindow.of(window, TensorData.sizes(x));
    Tensor sum = pool.sum(x.abs().pow(new Scalar(p)));
    return List.of(sum.pow(new Scalar(1 / p)));
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flowMixingSpace(flow, "pooled over along with its neighbours");
  }
}
