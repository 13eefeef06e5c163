package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.flow.ChannelsThrough;
import io.disassembler.operator.shape.Axes;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** ONNX GlobalMaxPool: largest element of each map of X (N, C, spatial...). Opset 1, 22. */
@ChannelRule("pass through")
record GlobalMaxPool() implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("GlobalMaxPool", 1, 22);
    }

    @Override
    protected GlobalMaxPool parse(Attributes attributes) {
      return new GlobalMaxPool();
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] space = Axes.from(2, (int) x.dim());
    return List.of(x.amax(space, true));
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flowMixingSpace(flow, "pooled over along with its neighbours");
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }
}
