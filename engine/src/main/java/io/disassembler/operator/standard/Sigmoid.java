package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Sigmoid: 1 / (1 + exp(-x)). */
record Sigmoid() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Sigmoid(), "Sigmoid", 1, 6, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.sigmoid();
  }

  @Override
  public Decision decision() {
    return Decision.MADE_FOR_EACH;
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return Interval.UNIT;
  }
}
