package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.flow.ChannelsThrough;
import io.disassembler.operator.shape.PoolWindow;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX AveragePool: mean under each window of X (N, C, spatial...). Opset 1, 7 (count_include_pad),
 * 10 (ceil_mode), 11, 19 (dilations), 22.
 *
 * @param countsPadding padding counts as elements of value 0 (count_include_pad); what ceil_mode
 *     adds beyond it never counts
 */
@ChannelRule("pass through")
record AveragePool(SpatialWindow window, boolean countsPadding) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("AveragePool", 1, 7, 10, 11, 19, 22);
    }

    @Override
    protected AveragePool parse(Attributes attributes) {
      return new AveragePool(
          SpatialWindow.parse(attributes), attributes.flag("count_include_pad", false));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    PoolWindow pool = PoolWindow.of(window, TensorData.sizes(x));
    boolean dilated = Arrays.stream(pool.dilations()).anyMatch(dilation -> dilation != 1);
    if (pool.spatial() == 2 && pool.isNative() && !dilated) {
      return List.of(
          torch.avg_pool2d(
              x,
              pool.kernel(),
              pool.strides(),
              pool.before(),
              false,
              countsPadding,
              new LongOptional()));
    }
    Tensor mean = pool.sum(x);
    for (int axis = 0; axis < pool.spatial(); axis++) {
      long[] shape = SpatialWindow.filled(pool.spatial() + 2, 1);
      shape[axis + 2] = pool.outputs()[axis];
      Tensor counts = Tensor.create(pool.counts(axis, countsPadding)).reshape(shape);
      mean = mean.div(counts.to(x.device(), x.scalar_type()));
    }
    return List.of(mean);
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flowMixingSpace(flow, "averaged with its neighbours");
  }

  @Override
  public Interval range(List<Interval> inputs) {
    return countsPadding ? inputs.get(0).or(Interval.of(0, 0)) : inputs.get(0);
  }

  @Override
  public boolean commutesWithMixing() {
    return true;
  }
}
