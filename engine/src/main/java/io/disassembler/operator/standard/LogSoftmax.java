package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.MixedAxes;
import io.disassembler.operator.family.Mixing;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX LogSoftmax: x - ln(sum(exp(x))) along an axis. */
record LogSoftmax(MixedAxes axes) implements Mixing {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("LogSoftmax", 1, 11, 13);
    }

    @Override
    protected LogSoftmax parse(Attributes attributes) {
      return new LogSoftmax(MixedAxes.parse(attributes));
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return axes.of(flow.input(0).rank());
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(axes.apply(inputs.get(0), Tensor::log_softmax));
  }

  @Override
  public Decision decision() {
    return Decision.MADE;
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return Interval.of(Double.NEGATIVE_INFINITY, 0);
  }
}
