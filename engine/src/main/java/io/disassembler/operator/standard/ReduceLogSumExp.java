package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import org.bytedeco.pytorch.Tensor;

/** ONNX ReduceLogSumExp: the logarithm of the sum of exponentials over some axes. */
record ReduceLogSumExp(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceLogSumExp", 1, 11, 13, 18, 28);
    }

    @Override
    protected ReduceLogSumExp parse(Attributes attributes) {
      return new ReduceLogSumExp(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return x.logsumexp(over, keepdims);
  }

  @Override
  public boolean computesInFloats() {
    return true;
  }
}
