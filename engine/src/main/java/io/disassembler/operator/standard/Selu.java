package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX Selu: gamma * x where x &gt; 0, gamma * alpha * (exp(x) - 1) elsewhere; opset 1 rounds the
 * defaults to four digits.
 */
record Selu(float alpha, float gamma) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Selu", 1, 6, 22);
    }

    @Override
    protected Selu parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new Selu(
          attributes.real("alpha", attributes.opset() < 6 ? 1.6732f : 1.6732632f),
          attributes.real("gamma", attributes.opset() < 6 ? 1.0507f : 1.050701f));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.elu(x, new Scalar(alpha), new Scalar(gamma), new Scalar(1));
  }
}
