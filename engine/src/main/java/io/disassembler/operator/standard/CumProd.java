package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.family.Mixing;
import io.disassembler.operator.family.Running;
import io.disassembler.operator.shape.Axes;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX CumProd: running products along an axis, which is the second input. */
record CumProd(Running running) implements Mixing {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("CumProd", 26);
    }

    @Override
    protected CumProd parse(Attributes attributes) {
      return new CumProd(Running.parse(attributes));
    }
  }

  @Override
  public int[] mixedAxes(ChannelFlow flow) {
    return new int[] {Axes.front(flow.integers(1)[0], flow.input(0).rank())};
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    return List.of(running.of(inputs.get(0), inputs.number(1), 1, Tensor::cumprod));
  }
}
