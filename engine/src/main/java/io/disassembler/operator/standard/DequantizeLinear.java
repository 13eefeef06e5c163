package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.LinearQuantization;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX DequantizeLinear: the floats {@code (x - x_zero_point) * x_scale} that whole numbers x stand
 * for, with one scale or one for each index along an axis. Opset 10, 13, 19, 21, 23.
 *
 * @param axis negative from the back
 */
@NotDifferentiable
@ChannelRule("pass through; scales for each are sliced")
record DequantizeLinear(long axis) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("DequantizeLinear", 10, 13, 19, 21, 23, 24, 25);
    }

    @Override
    protected DequantizeLinear parse(Attributes attributes) {
      QuantizeLinear.refuseBlocks(attributes);
      attributes.ignore("output_dtype"); // the scale's type is the same
      return new DequantizeLinear(attributes.integer("axis", 1));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor scale = inputs.get(1);
    return List.of(
        LinearQuantization.centred(x, inputs.optional(2), axis)
            .to(scale.scalar_type())
            .mul(LinearQuantization.along(scale, x.dim(), axis)));
  }

  @Override
  public void flow(ChannelFlow flow) {
    LinearQuantization.flow(flow, axis);
  }
}
