package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Reciprocal: 1 / x. */
record Reciprocal() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Reciprocal(), "Reciprocal", 1, 6, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.reciprocal();
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0).reciprocal();
  }
}
