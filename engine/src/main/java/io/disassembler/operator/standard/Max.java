package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Variadic;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Max: the largest, of any number of operands with multidirectional broadcasting. */
record Max() implements Variadic {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Max(), "Max", 1, 6, 8, 12, 13);
    }
  }

  @Override
  public Tensor apply(Tensor a, Tensor b) {
    return torch.maximum(a, b);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.stream()
        .reduce((a, b) -> Interval.of(Math.max(a.low(), b.low()), Math.max(a.high(), b.high())))
        .orElse(Interval.ALL);
  }
}
