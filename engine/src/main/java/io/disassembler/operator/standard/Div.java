package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Binary;
import io.disassembler.operator.family.BinaryType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Div: a / b with multidirectional broadcasting; integers are rounded toward zero. */
record Div() implements Binary {

  @AutoService(OperatorType.class)
  public static final class Type extends BinaryType {
    public Type() {
      super(new Div(), "Div", 1, 6, 7, 13, 14);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.is_floating_point() ? a.div(b) : a.sub(a.fmod(b)).floor_divide(b);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0).times(inputs.get(1).reciprocal());
  }
}
