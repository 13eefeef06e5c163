package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Variadic;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Min: the smallest, of any number of operands with multidirectional broadcasting. */
record Min() implements Variadic {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Min(), "Min", 1, 6, 8, 12, 13);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return torch.minimum(a, b);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.stream()
        .reduce((a, b) -> Interval.of(Math.min(a.low(), b.low()), Math.min(a.high(), b.high())))
        .orElse(Interval.ALL);
  }
}
