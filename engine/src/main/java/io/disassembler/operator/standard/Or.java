package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import org.bytedeco.pytorch.Tensor;

/** ONNX Or: a or b with multidirectional broadcasting. */
@NotDifferentiable
record Or() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new Or(), "Or", 1, 7);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.logical_or(b);
  }
}
