package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX ReduceL2: the root of the sum of squares over some axes. */
@ChannelRule("pass through; may go where it folds them, for zeros do not count")
record ReduceL2(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceL2", 1, 11, 13, 18);
    }

    @Override
    protected ReduceL2 parse(Attributes attributes) {
      return new ReduceL2(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return torch.linalg_vector_norm(x, new Scalar(2), over, keepdims, new ScalarTypeOptional());
  }

  @Override
  public boolean skipsZeros() {
    return true;
  }

  @Override
  public boolean computesInFloats() {
    return true;
  }
}
