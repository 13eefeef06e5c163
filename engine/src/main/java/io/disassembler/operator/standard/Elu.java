package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Elu: x where x &gt; 0, alpha * (exp(x) - 1) elsewhere. */
record Elu(float alpha) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Elu", 1, 6, 22);
    }

    @Override
    protected Elu parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new Elu(attributes.real("alpha", 1));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.elu(x, new Scalar(alpha), new Scalar(1), new Scalar(1));
  }
}
