package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Sign: -1, 0 or 1; its gradient is zero. */
record Sign() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Sign(), "Sign", 9, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.sign();
  }
}
