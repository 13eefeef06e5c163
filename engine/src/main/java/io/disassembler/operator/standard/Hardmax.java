package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.NotDifferentiable;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.MixedAxes;
import io.disassembler.operator.family.Mixing;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ONNX Hardmax: 1 at the first largest element along an axis, 0 elsewhere. */
@NotDifferentiable
record Hardmax(MixedAxes axes) implements Mixing {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Hardmax", 1, 11, 13);
    }

    @Override
    protected Hardmax parse(Attributes attributes) {
      return new Hardmax(MixedAxes.parse(attributes));
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return axes.of(flow.input(0).rank());
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(axes.apply(inputs.get(0), Hardmax::first));
  }

  private static Tensor first(Tensor x, long axis) {
    Tensor largest = x.argmax(new LongOptional(axis), true);
    return torch.zeros_like(x).scatter(axis, largest, new Scalar(1));
  }

  @Override
  public Decision decision() {
    return Decision.MADE;
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return Interval.UNIT;
  }
}
