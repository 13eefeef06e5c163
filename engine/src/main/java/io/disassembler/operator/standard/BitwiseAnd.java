package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import org.bytedeco.pytorch.Tensor;

/** ONNX BitwiseAnd: bitwise and of integers with multidirectional broadcasting. */
@NotDifferentiable
record BitwiseAnd() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new BitwiseAnd(), "BitwiseAnd", 18);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.bitwise_and(b);
  }
}
