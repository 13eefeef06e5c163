package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Gelu: x * P(X &lt;= x) for a standard normal X, or its tanh approximation. */
record Gelu(String approximate) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Gelu", 20);
    }

    @Override
    protected Gelu parse(Attributes attributes) {
      return new Gelu(attributes.choice("approximate", "none", "none", "tanh"));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.gelu(x, approximate);
  }
}
