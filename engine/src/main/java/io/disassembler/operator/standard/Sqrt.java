package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Sqrt: the square root of x. */
record Sqrt() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Sqrt(), "Sqrt", 1, 6, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.sqrt();
  }
}
