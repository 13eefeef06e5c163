package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** ONNX ReduceLogSum: the logarithm of the sum over some axes. */
record ReduceLogSum(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceLogSum", 1, 11, 13, 18, 28);
    }

    @Override
    protected ReduceLogSum parse(Attributes attributes) {
      return new ReduceLogSum(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return x.sum(over, keepdims, new ScalarTypeOptional()).log();
  }

  @Override
  public boolean computesInFloats() {
    return true;
  }
}
