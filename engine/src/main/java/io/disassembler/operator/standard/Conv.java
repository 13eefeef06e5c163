package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.Trained;
import io.disassembler.operator.Weighted;
import io.disassembler.operator.flow.GroupedChannels;
import io.disassembler.operator.shape.SpatialWindow;
import io.disassembler.operator.shape.Taps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX Conv: X (N, C, spatial...) with W (M, C/group, kernel...) and an optional bias B (M). Opset
 * 1, 11, 22.
 */
@ChannelRule(
    "reads them and makes new ones; in groups: whole groups, or the same positions of every group")
record Conv(SpatialWindow window, int group) implements Operator, Weighted, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Conv", 1, 11, 22);
    }

    @Override
    protected Conv parse(Attributes attributes) {
      return new Conv(
          SpatialWindow.parse(attributes), Math.toIntExact(attributes.integer("group", 1)));
    }
  }

  @Override
  public boolean learns(int index) {
    return index == 1 || index == 2;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor w = inputs.get(1);
    long[] extents = SpatialWindow.extents(TensorData.sizes(x));
    long[] kernel = SpatialWindow.extents(TensorData.sizes(w));
    long[] pads = window.pads(extents, kernel);
    if (!SpatialWindow.isSymmetric(pads)) {
      x = torch.constant_pad_nd(x, SpatialWindow.torchPads(pads));
      pads = new long[pads.length];
    }
    Tensor bias = inputs.optional(2);
    return List.of(
        torch.convolution(
            x,
            w,
            bias == null ? new TensorOptional() : new TensorOptional(bias),
            window.strides(extents.length),
            Arrays.copyOf(pads, extents.length),
            window.dilations(extents.length),
            false,
            new long[extents.length],
            group));
  }

  @Override
  public void flow(ChannelFlow flow) {
    GroupedChannels.flow(flow, group, 1, 0);
  }

  @Override
  public Node cut(ChannelCut cut) {
    return GroupedChannels.cut(cut, group);
  }

  @Override
  public long macs(Operands operands) {
    Shape weight = operands.input(1);
    return operands.output(0).elements() * (weight.elements() / weight.dimension(0));
  }

  @Override
  public Optional<Kernels> kernels(Operands operands) {
    return Optional.of(Kernels.convolution().grouped(group));
  }

  @Override
  public Optional<Tensor> taps(Inputs inputs, int every) {
    Tensor x = inputs.get(0);
    long[] kernel = SpatialWindow.extents(TensorData.sizes(inputs.get(1)));
    Tensor kernels = Taps.ofEachChannel(x.size(1), kernel);
    SpatialWindow sparse =
        window.sparser(SpatialWindow.extents(TensorData.sizes(x)), kernel, every);
    Conv taps = new Conv(sparse, Math.toIntExact(x.size(1)));
    return Optional.of(taps.run(new Inputs(List.of(x, kernels), 1)).get(0));
  }
}
