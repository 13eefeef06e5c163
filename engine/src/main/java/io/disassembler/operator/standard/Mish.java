package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Mish: x * tanh(softplus(x)). */
record Mish() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Mish(), "Mish", 18, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.mish(x);
  }
}
