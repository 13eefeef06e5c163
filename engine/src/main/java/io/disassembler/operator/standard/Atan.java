package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Atan: arctangent in radians. */
record Atan() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Atan(), "Atan", 7, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.atan();
  }
}
