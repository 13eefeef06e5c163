package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Swish: x * sigmoid(alpha * x). */
record Swish(float alpha) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Swish", 24);
    }

    @Override
    protected Swish parse(Attributes attributes) {
      return new Swish(attributes.real("alpha", 1));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return alpha == 1 ? torch.silu(x) : x.mul(x.mul(new Scalar(alpha)).sigmoid());
  }
}
