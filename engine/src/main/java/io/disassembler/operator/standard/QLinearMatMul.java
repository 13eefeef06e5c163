package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.family.LinearQuantization;
import io.disassembler.operator.family.PlainType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * ONNX QLinearMatMul: a (..., M, K) times b (..., K, N), both in 8 bits with their scales and zero
 * points, of which there may be one for each row of a and for each column of b, in the 8 bits of
 * the result. Opset 10, 21.
 */
@NotDifferentiable
record QLinearMatMul() implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new QLinearMatMul(), "QLinearMatMul", 10, 21);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor a = scaled(inputs, 0, -2);
    Tensor b = scaled(inputs, 3, -1);
    Tensor zero = inputs.get(7);
    return List.of(
        LinearQuantization.quantized(
            a.matmul(b), inputs.get(6).to(ScalarType.Double), zero, -1, TensorData.type(zero)));
  }

  /** The operand at {@code index}, with its scale and its zero point behind it. */
  private static Tensor scaled(Inputs inputs, int index, long axis) {
    Tensor q = inputs.get(index);
    return LinearQuantization.centred(q, inputs.get(index + 2), axis)
        .mul(LinearQuantization.along(inputs.get(index + 1), q.dim(), axis).to(ScalarType.Double));
  }

  @Override
  public long macs(Operands operands) {
    Shape a = operands.input(0);
    return operands.output(0).elements() * a.dimension(a.rank() - 1);
  }
}
