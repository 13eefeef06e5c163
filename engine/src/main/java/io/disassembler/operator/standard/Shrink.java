package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Shrink: x + bias where x &lt; -lambd, x - bias where x &gt; lambd, 0 elsewhere. */
record Shrink(float lambd, float bias) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Shrink", 9);
    }

    @Override
    protected Shrink parse(Attributes attributes) {
      return new Shrink(attributes.real("lambd", 0.5f), attributes.real("bias", 0));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor below = x.lt(new Scalar(-lambd));
    Tensor above = x.gt(new Scalar(lambd));
    Tensor moved = torch.where(below, x.add(new Scalar(bias)), x.sub(new Scalar(bias)));
    return moved.to(x.scalar_type()).mul(below.logical_or(above));
  }
}
