package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Dependence;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.ChannelFree;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Size: number of elements, a scalar. Opset 1, 13, 19, 21, 23, 24, 25. */
@NotDifferentiable
record Size() implements ChannelFree {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Size", 1, 13, 19, 21, 23, 24, 25);
    }

    @Override
    protected Size parse(Attributes attributes) {
      return new Size();
    }
  }

  @Override
  public Dependence dependence(int index) {
    return Dependence.SHAPE;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(TensorData.ofLongs(new long[] {inputs.get(0).numel()}, new long[0]));
  }
}
