package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Atanh: inverse hyperbolic tangent. */
record Atanh() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Atanh(), "Atanh", 9, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.atanh();
  }
}
