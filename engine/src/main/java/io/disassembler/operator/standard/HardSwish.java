package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX HardSwish: x * max(0, min(1, x / 6 + 0.5)). */
record HardSwish() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new HardSwish(), "HardSwish", 14, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.hardswish(x);
  }

  @Override
  public OptionalDouble floor() {
    return OptionalDouble.of(-3);
  }
}
