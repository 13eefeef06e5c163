package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.Trained;
import io.disassembler.operator.Weighted;
import io.disassembler.operator.flow.Contraction;
import io.disassembler.operator.flow.PerChannel;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX Gemm: alpha * A' * B' + beta * C, where A' (M, K) is A or its transpose, B' (K, N) is B or
 * its transpose, and C is optional and broadcast to (M, N).
 */
@ChannelRule(
    "a stored matrix: reads the last axis and makes new ones; two computed values: contracted channels are united, the others pass; pinned where it mixes them")
record Gemm(float alpha, float beta, boolean transposesA, boolean transposesB)
    implements Operator, Weighted, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Gemm", 1, 6, 7, 9, 11, 13);
    }

    @Override
    protected Gemm parse(Attributes attributes) {
      attributes.ignore("broadcast");
      return new Gemm(
          attributes.real("alpha", 1),
          attributes.real("beta", 1),
          attributes.flag("transA", false),
          attributes.flag("transB", false));
    }
  }

  @Override
  public boolean learns(int index) {
    return index == 1 || index == 2;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor a = transposesA ? inputs.get(0).t() : inputs.get(0);
    Tensor b = transposesB ? inputs.get(1).t() : inputs.get(1);
    Tensor c = inputs.optional(2);
    if (c != null && alpha == 1 && beta == 1) {
      return List.of(torch.addmm(c, a, b));
    }
    Tensor product = scaled(a.mm(b), alpha);
    return List.of(c == null ? product : product.add(scaled(c, beta)));
  }

  private static Tensor scaled(Tensor x, float factor) {
    return factor == 1 ? x : x.mul(new Scalar(factor)).to(x.scalar_type());
  }

  @Override
  public void flow(ChannelFlow flow) {
    int contractedA = transposesA ? 0 : 1;
    int contractedB = transposesB ? 1 : 0;
    Labels labels = new Contraction(contractedA, contractedB).flow(flow, 1 - contractedB);
    if (flow.has(2)) {
      addend(flow, labels);
    }
    flow.output(0, labels);
  }

  /** C goes with the output's channels where it differs along them. */
  private static void addend(ChannelFlow flow, Labels labels) {
    int missing = 2 - flow.input(2).rank();
    for (int axis = 0; axis < 2; axis++) {
      int own = axis - missing;
      if (labels.varies(axis) && own >= 0 && flow.input(2).dimension(own) > 1) {
        PerChannel.follow(flow, 2, own, labels.along(axis));
        return;
      }
    }
    if (!flow.isWeight(2)) {
      flow.pin(flow.labels(2), "it is added to every channel");
    }
  }

  @Override
  public long macs(Operands operands) {
    return operands.output(0).elements() * operands.input(0).dimension(transposesA ? 0 : 1);
  }

  @Override
  public Optional<Kernels> kernels(Operands operands) {
    Kernels plain = Kernels.matrix(transposesA ? 0 : 1);
    Kernels kernels = transposesB ? plain.transposed() : plain;
    return Optional.of(addsBias(operands) ? kernels.withBias(2) : kernels);
  }

  /** True if C could hold a bias of each kernel as it is added to the product. */
  private boolean addsBias(Operands operands) {
    boolean has = operands.inputs() > 2 && operands.has(2);
    return alpha == 1
        && beta == 1
        && (!has
            || (operands.input(2).rank() == 1
                && operands.input(2).elements() == operands.output(0).dimension(1)));
  }
}
