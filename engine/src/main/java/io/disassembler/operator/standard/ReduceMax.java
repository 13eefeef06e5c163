package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Extremes;
import io.disassembler.operator.family.ReducedAxes;
import io.disassembler.operator.family.Reduction;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX ReduceMax: the largest element over some axes. */
record ReduceMax(ReducedAxes axes) implements Reduction {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ReduceMax", 1, 11, 12, 13, 18, 20);
    }

    @Override
    protected ReduceMax parse(Attributes attributes) {
      return new ReduceMax(ReducedAxes.parse(attributes));
    }
  }

  @Override
  public Tensor reduce(Tensor x, long[] over, boolean keepdims) {
    return Extremes.isEmpty(x, over) ? Extremes.lowest(x, over, keepdims) : x.amax(over, keepdims);
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
