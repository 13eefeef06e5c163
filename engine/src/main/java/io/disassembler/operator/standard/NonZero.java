package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX NonZero: indices of the elements that are not 0, one column for each. Opset 9, 13. */
@NotDifferentiable
record NonZero() implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("NonZero", 9, 13);
    }

    @Override
    protected NonZero parse(Attributes attributes) {
      return new NonZero();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(inputs.get(0).nonzero().t());
  }
}
