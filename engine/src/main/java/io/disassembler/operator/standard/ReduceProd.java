package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** ONNX ReduceProd: the product over some axes. */
record ReduceProd(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceProd", 1, 11, 13, 18);
    }

    @Override
    protected ReduceProd parse(Attributes attributes) {
      return new ReduceProd(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    Tensor result = x;
    for (int i = over.length - 1; i >= 0; i--) {
      result = result.prod(over[i], keepdims, new ScalarTypeOptional(x.scalar_type()));
    }
    return result;
  }
}
