package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.LinearQuantization;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX QLinearConv: as Conv, of x (N, C, spatial...) and w (M, C/group, kernel...) in 8 bits with
 * their scales and zero points, of w perhaps one for each kernel, and an optional int32 bias B (M)
 * in units of both scales; in the 8 bits of the result. Opset 10.
 */
@NotDifferentiable
record QLinearConv(Conv convolution) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("QLinearConv", 10);
    }

    @Override
    protected QLinearConv parse(Attributes attributes) {
      return new QLinearConv(
          new Conv(
              SpatialWindow.parse(attributes), Math.toIntExact(attributes.integer("group", 1))));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = LinearQuantization.centred(inputs.get(0), inputs.get(2), 1);
    Tensor w = LinearQuantization.centred(inputs.get(3), inputs.get(5), 0);
    Tensor sums = convolution.run(new Inputs(List.of(x, w), 1)).get(0);
    Tensor bias = inputs.optional(8);
    if (bias != null) {
      sums = sums.add(LinearQuantization.along(bias.to(ScalarType.Double), sums.dim(), 1));
    }
    Tensor scale =
        inputs.get(1).to(ScalarType.Double).reshape().mul(inputs.get(4).to(ScalarType.Double));
    Tensor zero = inputs.get(7);
    return List.of(
        LinearQuantization.quantized(
            sums.mul(LinearQuantization.along(scale, sums.dim(), 1)),
            inputs.get(6).to(ScalarType.Double),
            zero,
            1,
            TensorData.type(zero)));
  }

  @Override
  public long macs(Operands operands) {
    Shape weight = operands.input(3);
    return operands.output(0).elements() * (weight.elements() / weight.dimension(0));
  }
}
