package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Pow: a to the power of b, in the type of a, with multidirectional broadcasting. */
record Pow() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new Pow(), "Pow", 1, 7, 12, 13, 15);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.pow(b).to(a.scalar_type());
  }

  @Override
  public Interval range(List<Interval> inputs) {
    Interval base = inputs.get(0);
    Interval exponent = inputs.get(1);
    if (base.low() < 0 || exponent.low() != exponent.high()) {
      return Interval.ALL;
    }
    double power = exponent.low();
    Interval up = base.rising(x -> Math.pow(x, Math.abs(power)));
    return power < 0 ? up.reciprocal() : up;
  }
}
