package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX Not: logical negation. */
@NotDifferentiable
record Not() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Not(), "Not", 1);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.logical_not();
  }
}
