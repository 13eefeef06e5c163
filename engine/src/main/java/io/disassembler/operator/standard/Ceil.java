package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Ceil: the least integer not below x; its gradient is zero. */
record Ceil() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Ceil(), "Ceil", 1, 6, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.ceil();
  }
}
