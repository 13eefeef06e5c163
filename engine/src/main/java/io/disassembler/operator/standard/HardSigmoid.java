package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** ONNX HardSigmoid: max(0, min(1, alpha * x + beta)). */
record HardSigmoid(float alpha, float beta) implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("HardSigmoid", 1, 6, 22);
    }

    @Override
    protected HardSigmoid parse(Attributes attributes) {
      attributes.ignore("consumed_inputs");
      return new HardSigmoid(attributes.real("alpha", 0.2f), attributes.real("beta", 0.5f));
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.mul(new Scalar(alpha))
        .add(new Scalar(beta))
        .clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return Interval.UNIT;
  }
}
