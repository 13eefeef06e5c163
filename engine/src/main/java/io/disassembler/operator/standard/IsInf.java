package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;

/** ONNX IsInf: true where x is infinite, of either sign or of one. */
@NotDifferentiable
record IsInf(boolean negative, boolean positive) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("IsInf", 10, 20);
    }

    @Override
    protected IsInf parse(Attributes attributes) {
      return new IsInf(
          attributes.flag("detect_negative", true), attributes.flag("detect_positive", true));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor infinite = x.isinf();
    if (!negative) {
      infinite = infinite.logical_and(x.isneginf().logical_not());
    }
    return positive ? infinite : infinite.logical_and(x.isposinf().logical_not());
  }
}
