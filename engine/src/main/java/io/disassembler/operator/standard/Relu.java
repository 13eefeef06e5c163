package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Bounds;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.family.Unary;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** ONNX Relu: max(x, 0). */
record Relu() implements Unary {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Relu(), "Relu", 1, 6, 13, 14);
    }
  }

  @Override
  public Tensor apply(Tensor x) {
    return x.relu();
  }

  @Override
  public Bounds bounds(List<Optional<Weight>> operands) {
    return Bounds.above(0);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0).clipped(0, Double.POSITIVE_INFINITY);
  }
}
