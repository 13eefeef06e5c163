package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX LeakyRelu: x where x &gt;= 0, alpha * x elsewhere. */
record LeakyRelu(float alpha) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("LeakyRelu", 1, 6, 16);
    }

    @Override
    protected LeakyRelu parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new LeakyRelu(attributes.real("alpha", 0.01f));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.leaky_relu(x, new Scalar(alpha));
  }
}
