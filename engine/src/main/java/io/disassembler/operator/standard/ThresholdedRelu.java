package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX ThresholdedRelu: x where x &gt; alpha, 0 elsewhere. */
record ThresholdedRelu(float alpha) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ThresholdedRelu", 10, 22);
    }

    @Override
    protected ThresholdedRelu parse(Attributes attributes) {
      return new ThresholdedRelu(attributes.real("alpha", 1));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.threshold(x, new Scalar(alpha), new Scalar(0));
  }
}
