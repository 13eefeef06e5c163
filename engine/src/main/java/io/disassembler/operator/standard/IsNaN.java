package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX IsNaN: true where x is not a number. */
@NotDifferentiable
record IsNaN() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new IsNaN(), "IsNaN", 9, 13, 20);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.isnan();
  }
}
