package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.ChannelFree;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Range: numbers from start in steps of delta, up to but without limit. Opset 11, 27. */
@NotDifferentiable
record Range() implements ChannelFree {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Range", 11, 27);
    }

    @Override
    protected Range parse(Attributes attributes) {
      return new Range();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor start = inputs.get(0);
    Tensor delta = inputs.get(2);
    double distance = number(inputs.get(1)) - number(start);
    long count = Math.max(0, (long) Math.ceil(distance / number(delta)));
    Tensor steps = torch.arange(new Scalar(count)).to(start.device(), start.scalar_type());
    return List.of(steps.mul(delta.reshape(1)).add(start.reshape(1)));
  }

  private static double number(Tensor scalar) {
    return TensorData.doubles(scalar)[0];
  }
}
