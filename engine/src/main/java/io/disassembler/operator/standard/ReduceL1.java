package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** ONNX ReduceL1: the sum of magnitudes over some axes. */
@ChannelRule("pass through; may go where it folds them, for zeros do not count")
record ReduceL1(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceL1", 1, 11, 13, 18);
    }

    @Override
    protected ReduceL1 parse(Attributes attributes) {
      return new ReduceL1(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return x.abs().sum(over, keepdims, new ScalarTypeOptional(x.scalar_type()));
  }

  @Override
  public boolean skipsZeros() {
    return true;
  }
}
