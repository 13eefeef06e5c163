package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Tan: tangent of x in radians. */
record Tan() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Tan(), "Tan", 7, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.tan();
  }
}
