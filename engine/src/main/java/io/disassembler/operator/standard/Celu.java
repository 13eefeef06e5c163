package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Celu: max(0, x) + min(0, alpha * (exp(x / alpha) - 1)). */
record Celu(float alpha) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Celu", 12, 28);
    }

    @Override
    protected Celu parse(Attributes attributes) {
      return new Celu(attributes.real("alpha", 1));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.celu(x, new Scalar(alpha));
  }
}
