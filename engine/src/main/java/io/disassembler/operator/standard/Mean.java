package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Elementwise;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.PlainType;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** ONNX Mean: the mean of any number of operands with multidirectional broadcasting. */
record Mean() implements Elementwise {

  @AutoService(OperatorType.class)
  public static final class Type extends PlainType {
    public Type() {
      super(new Mean(), "Mean", 1, 6, 8, 13);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor sum = inputs.present().stream().reduce(Tensor::add).orElseThrow();
    return List.of(sum.div(new Scalar(inputs.size())));
  }

  @Override
  public Interval range(List<Interval> inputs) {
    Interval count = Interval.of(inputs.size(), inputs.size());
    return inputs.stream().reduce(Interval::plus).orElse(Interval.ALL).times(count.reciprocal());
  }
}
