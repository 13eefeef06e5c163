package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import java.util.List;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** ONNX ReduceMean: the mean over some axes. */
record ReduceMean(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceMean", 1, 11, 13, 18);
    }

    @Override
    protected ReduceMean parse(Attributes attributes) {
      return new ReduceMean(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return x.mean(over, keepdims, new ScalarTypeOptional());
  }

  @Override
  public boolean computesInFloats() {
    return true;
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
