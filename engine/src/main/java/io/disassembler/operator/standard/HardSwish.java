package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Bounds;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX HardSwish: x * max(0, min(1, x / 6 + 0.5)). */
record HardSwish() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new HardSwish(), "HardSwish", 14, 22);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return torch.hardswish(x);
  }

  @Override
  public Bounds bounds(List<Optional<Weight>> operands) {
    return Bounds.above(-3);
  }
}
