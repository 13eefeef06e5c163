package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Mixing;
import io.disassembler.operator.shape.Axes;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX MeanVarianceNormalization: (x - mean) / (standard deviation + 1e-9), both over some axes.
 *
 * @param axes negative from the back
 */
record MeanVarianceNormalization(long[] axes) implements Mixing {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("MeanVarianceNormalization", 9, 13);
    }

    @Override
    protected MeanVarianceNormalization parse(Attributes attributes) {
      long[] axes = attributes.integers("axes");
      return new MeanVarianceNormalization(axes != null ? axes : new long[] {0, 2, 3});
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return Axes.ascending(axes, flow.input(0).rank());
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    T_TensorTensor_T moments = torch.var_mean(x, axes, false, true);
    Tensor deviation = moments.get0().sqrt().add(new Scalar(1e-9));
    return List.of(x.sub(moments.get1()).div(deviation));
  }
}
