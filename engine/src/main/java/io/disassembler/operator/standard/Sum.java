package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Variadic;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX Sum: the sum, of any number of operands with multidirectional broadcasting. */
record Sum() implements Variadic {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Sum(), "Sum", 1, 6, 8, 13);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return a.add(b);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.stream().reduce(Interval::plus).orElse(Interval.ALL);
  }
}
