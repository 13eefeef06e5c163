package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.LinearQuantization;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX ConvInteger: as Conv, of x (N, C, spatial...) and w (M, C/group, kernel...) in 8 bits, less
 * their zero points; the sums are int32. Opset 10.
 */
@NotDifferentiable
record ConvInteger(Conv convolution) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ConvInteger", 10);
    }

    @Override
    protected ConvInteger parse(Attributes attributes) {
      return new ConvInteger(
          new Conv(
              SpatialWindow.parse(attributes), Math.toIntExact(attributes.integer("group", 1))));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = LinearQuantization.centred(inputs.get(0), inputs.optional(2), 0);
    Tensor w = LinearQuantization.centred(inputs.get(1), inputs.optional(3), 0);
    return List.of(convolution.run(new Inputs(List.of(x, w), 1)).get(0).to(ScalarType.Int));
  }

  @Override
  public long macs(Operands operands) {
    Shape weight = operands.input(1);
    return operands.output(0).elements() * (weight.elements() / weight.dimension(0));
  }
}
