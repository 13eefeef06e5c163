package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** ONNX Softsign: x / (1 + |x|). */
record Softsign() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Softsign(), "Softsign", 1, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.div(x.abs().add(new Scalar(1)));
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return Interval.of(-1, 1);
  }
}
