package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Neg: -x. */
record Neg() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Neg(), "Neg", 1, 6, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.neg();
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0).negated();
  }
}
