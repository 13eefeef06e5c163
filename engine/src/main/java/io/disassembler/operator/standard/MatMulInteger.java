package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.LinearQuantization;
import io.disassembler.operator.family.PlainType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX MatMulInteger: a (..., M, K) times b (..., K, N) in 8 bits, less their zero points, of which
 * there may be one for each row of a and for each column of b; the sums are int32. Opset 10.
 */
@NotDifferentiable
record MatMulInteger() implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new MatMulInteger(), "MatMulInteger", 10);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor a = LinearQuantization.centred(inputs.get(0), inputs.optional(2), -2);
    Tensor b = LinearQuantization.centred(inputs.get(1), inputs.optional(3), -1);
    return List.of(a.matmul(b).to(ScalarType.Int));
  }

  @Override
  public long macs(Operands operands) {
    Shape a = operands.input(0);
    return operands.output(0).elements() * a.dimension(a.rank() - 1);
  }
}
