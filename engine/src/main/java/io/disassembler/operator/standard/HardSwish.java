package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX HardSwish: x * max(0, min(1, x / 6 + 0.5)). */
public record HardSwish() implements Unary {

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
  public double floor() {
    return -3;
  }
}
