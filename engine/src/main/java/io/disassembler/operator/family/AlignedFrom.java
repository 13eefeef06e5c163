package io.disassembler.operator.family;

import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A binary operator as it was before opset 7: the second operand's axes meet the first one's from
 * {@code axis} on. It runs, but channels are not followed through it.
 */
public record AlignedFrom(Binary operator, int axis) implements Operator {

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor a = inputs.get(0);
    Tensor b = inputs.get(1);
    long[] sizes = TensorData.sizes(b);
    int rank = Math.max(sizes.length, (int) a.dim() - axis);
    long[] aligned = Arrays.copyOf(sizes, rank);
    Arrays.fill(aligned, sizes.length, rank, 1);
    return List.of(operator.apply(a, b.reshape(aligned)));
  }
}
