package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Floor: the greatest integer not above x; its gradient is zero. */
record Floor() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Floor(), "Floor", 1, 6, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.floor();
  }
}
