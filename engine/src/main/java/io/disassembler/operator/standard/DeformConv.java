package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Kernels;
import io.disassembler.operator.Operands;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.Trained;
import io.disassembler.operator.Weighted;
import io.disassembler.operator.flow.GroupedChannels;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX DeformConv: a convolution of X (N, C, H, W) with W (M, C/group, kernel...) whose taps are
 * moved, pixel by pixel, by offsets (N, offset_group * taps * 2, h, w; rows, then columns), with an
 * optional bias B (M) and an optional mask (N, offset_group * taps, h, w). Images only. Opset 19,
 * 22. Dai et al., "Deformable Convolutional Networks", ICCV 2017; the mask from Zhu et al., CVPR
 * 2019.
 */
@ChannelRule("as Conv; what makes offsets and masks stays")
record DeformConv(SpatialWindow window, int group, int offsetGroup)
    implements Operator, Weighted, Trained {
  private static final int BIAS = 3;
  private static final int MASK = 4;

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("DeformConv", 19, 22);
    }

    @Override
    protected DeformConv parse(Attributes attributes) {
      return new DeformConv(
          SpatialWindow.parse(attributes),
          Math.toIntExact(attributes.integer("group", 1)),
          Math.toIntExact(attributes.integer("offset_group", 1)));
    }
  }

  @Override
  public boolean learns(int index) {
    return index == 1 || index == BIAS;
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor w = inputs.get(1);
    if (x.dim() != 4) {
      throw new CannotRunException("expected images of 4 axes, found " + x.dim());
    }
    long taps = w.size(2) * w.size(3);
    Tensor offsets = inputs.get(2);
    Tensor mask = inputs.optional(MASK);
    TensorVector columns = new TensorVector();
    for (int g = 0; g < offsetGroup; g++) {
      long channels = x.size(1) / offsetGroup;
      Tensor part = x.narrow(1, g * channels, channels);
      List<Tensor> sampled = new ArrayList<>();
      for (int tap = 0; tap < taps; tap++) {
        Tensor values = sample(part, offsets, g * taps + tap, tap, w);
        sampled.add(
            (mask == null ? values : values.mul(mask.narrow(1, g * taps + tap, 1))).unsqueeze(2));
      }
      columns.push_back(torch.cat(new TensorVector(sampled.toArray(Tensor[]::new)), 2));
    }
    Tensor all = torch.cat(columns, 1);
    Tensor flat = all.reshape(x.size(0), x.size(1) * taps, all.size(3), all.size(4));
    Tensor bias = inputs.optional(BIAS);
    return List.of(
        torch.convolution(
            flat,
            w.reshape(w.size(0), w.size(1) * taps, 1, 1),
            bias == null ? new TensorOptional() : new TensorOptional(bias),
            new long[] {1, 1},
            new long[] {0, 0},
            new long[] {1, 1},
            false,
            new long[] {0, 0},
            group));
  }

  /** What one tap of the kernel reads at each place, (N, channels, h, w). */
  private Tensor sample(Tensor x, Tensor offsets, long place, int tap, Tensor w) {
    long[] extents = {x.size(2), x.size(3)};
    long[] pads = window.pads(extents, new long[] {w.size(2), w.size(3)});
    long[] at = {tap / w.size(3), tap % w.size(3)};
    Tensor[] coordinates = new Tensor[2];
    for (int axis = 0; axis < 2; axis++) {
      long outputs = offsets.size(2 + axis);
      Tensor grid =
          torch
              .arange(new Scalar(outputs))
              .to(x.scalar_type())
              .mul(new Scalar((double) window.strides(2)[axis]))
              .add(new Scalar((double) (at[axis] * window.dilations(2)[axis] - pads[axis])));
      Tensor along = axis == 0 ? grid.reshape(1, outputs, 1) : grid.reshape(1, 1, outputs);
      Tensor pixel = along.add(offsets.select(1, 2 * place + axis));
      // grid_sampler counts from -1 to 1, from the outer edges of the first and the last pixel.
      coordinates[axis] =
          pixel.mul(new Scalar(2.0 / extents[axis])).add(new Scalar(1.0 / extents[axis] - 1));
    }
    Tensor where = torch.stack(new TensorVector(coordinates[1], coordinates[0]), -1);
    return torch.grid_sampler(x, where, 0, 0, false);
  }

  @Override
  public void flow(ChannelFlow flow) {
    for (int input : new int[] {2, MASK}) {
      if (flow.has(input) && !flow.isWeight(input)) {
        flow.pin(flow.labels(input), "offsets or masks of a DeformConv");
      }
    }
    int[] in = flow.channels(0, 1);
    int size = in.length / offsetGroup;
    for (int i = size; i < in.length; i++) {
      flow.unite(in[i], in[i % size]);
    }
    GroupedChannels.flow(flow, group, 1, 0, BIAS);
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
    return Optional.of(Kernels.convolution().grouped(group).withBias(BIAS));
  }
}
