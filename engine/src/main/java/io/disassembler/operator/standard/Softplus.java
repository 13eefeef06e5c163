package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Softplus: ln(exp(x) + 1). */
record Softplus() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Softplus(), "Softplus", 1, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.softplus(x);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0).rising(x -> x > 30 ? x : Math.log1p(Math.exp(x)));
  }
}
