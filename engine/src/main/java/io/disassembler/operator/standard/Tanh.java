package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Tanh: hyperbolic tangent. */
record Tanh() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Tanh(), "Tanh", 1, 6, 13);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.tanh();
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return Interval.of(-1, 1);
  }
}
