package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** ONNX ReduceSum: the sum over some axes. */
@ChannelRule("pass through; may go where it folds them, for zeros do not count")
record ReduceSum(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceSum", 1, 11, 13);
    }

    @Override
    protected ReduceSum parse(Attributes attributes) {
      return new ReduceSum(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return x.sum(over, keepdims, new ScalarTypeOptional(x.scalar_type()));
  }

  @Override
  public boolean skipsZeros() {
    return true;
  }
}
