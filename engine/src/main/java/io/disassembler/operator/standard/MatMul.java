package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Shape;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.Trained;
import io.disassembler.operator.Weighted;
import io.disassembler.operator.family.PlainType;
import io.disassembler.operator.flow.Contraction;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** ONNX MatMul: a (..., M, K) times b (..., K, N), as numpy.matmul. */
@ChannelRule(
    "a stored matrix: reads the last axis and makes new ones; two computed values: contracted channels are united, the others pass; pinned where it mixes them")
record MatMul() implements Operator, Weighted, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new MatMul(), "MatMul", 1, 9, 13);
    }
  }

  @Override
  public boolean learns(int index) {
    return index == 0 || index == 1;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(inputs.get(0).matmul(inputs.get(1)));
  }

  @Override
  public void flow(ChannelFlow flow) {
    int rankA = flow.input(0).rank();
    int rankB = flow.input(1).rank();
    if (rankA < 2 || rankB < 2) {
      flow.pinAll("a product with a vector");
    } else {
      Contraction contraction = new Contraction(rankA - 1, rankB - 2);
      flow.output(0, contraction.flow(flow, rankB - 1));
    }
  }

  @Override
  public long macs(Operands operands) {
    Shape a = operands.input(0);
    return operands.output(0).elements() * a.dimension(a.rank() - 1);
  }

  @Override
  public Optional<Kernels> kernels(Operands operands) {
    int rank = operands.input(0).rank();
    return rank >= 2 && operands.input(1).rank() == 2
        ? Optional.of(Kernels.matrix(rank - 1))
        : Optional.empty();
  }
}
