package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * ONNX MaxUnpool: puts the elements of X (N, C, spatial...) back where a MaxPool found them, zeros
 * elsewhere. Indices number the elements of the whole output. Opset 9, 11, 22.
 */
@ChannelRule("pass through")
record MaxUnpool(SpatialWindow window) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("MaxUnpool", 9, 11, 22);
    }

    @Override
    protected MaxUnpool parse(Attributes attributes) {
      return new MaxUnpool(SpatialWindow.parse(attributes));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    long[] shape = inputs.has(2) ? inputs.longs(2) : unpooled(TensorData.sizes(x));
    long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    Tensor flat = x.new_zeros(new long[] {elements});
    Tensor places = inputs.get(1).reshape(-1);
    return List.of(flat.scatter(0, places, x.reshape(-1)).reshape(shape));
  }

  private long[] unpooled(long[] sizes) {
    int spatial = SpatialWindow.extents(sizes).length;
    long[] kernel = window.kernel(new long[spatial]);
    long[] pads = window.pads(new long[spatial], kernel);
    long[] shape = sizes.clone();
    for (int i = 0; i < spatial; i++) {
      shape[i + 2] =
          (sizes[i + 2] - 1) * window.strides(spatial)[i] + kernel[i] - pads[i] - pads[spatial + i];
    }
    return shape;
  }

  @Override
  public void flow(ChannelFlow flow) {
    Labels values = flow.labels(0);
    Labels places = flow.labels(1);
    boolean onlyChannels = true;
    for (int axis = 0; axis < values.shape().rank(); axis++) {
      onlyChannels &= axis == 1 || !(values.varies(axis) || places.varies(axis));
    }
    if (!onlyChannels) {
      flow.pinAll("unpooled along with its neighbours");
      return;
    }
    int[] maps = flow.channels(0, 1);
    int[] indices = flow.channels(1, 1);
    for (int channel = 0; channel < maps.length; channel++) {
      flow.unite(maps[channel], indices[channel]);
    }
    flow.output(0, Labels.along(flow.output(0), 1, maps));
  }

  @Override
  public Node cut(ChannelCut cut) {
    if (cut.output(0).isEmpty() || !cut.before().has(2)) {
      return cut.node();
    }
    long left = cut.output(0).get().count();
    return cut.node().withInput(2, cut.withEntry(cut.node().input(2), 1, left));
  }
}
