package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.ChannelFree;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX ConstantOfShape: a tensor full of one number. Opset 9, 20, 21, 23, 24, 25.
 *
 * @param value one element, and the type
 */
@NotDifferentiable
record ConstantOfShape(Weight value) implements ChannelFree {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ConstantOfShape", 9, 20, 21, 23, 24, 25);
    }

    @Override
    protected ConstantOfShape parse(Attributes attributes) {
      Weight value = attributes.tensor("value");
      return new ConstantOfShape(value != null ? value : Weight.ofFloats("", Shape.of(1), 0));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(TensorData.of(value).reshape(new long[0]).expand(inputs.longs(0)));
  }
}
