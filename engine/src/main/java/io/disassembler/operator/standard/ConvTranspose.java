package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
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
import io.disassembler.operator.Positions;
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
import org.jspecify.annotations.Nullable;

/**
 * ONNX ConvTranspose: X (N, C, spatial...) with W (C, M/group, kernel...) and an optional bias B
 * (M). Opset 1, 11, 22.
 *
 * @param outputPadding what is added after each spatial axis; null: nothing
 * @param outputShape extents of the result, which then decide the padding; null: pads decide
 */
@ChannelRule(
    "reads them and makes new ones; in groups: whole groups, or the same positions of every group")
record ConvTranspose(
    SpatialWindow window, int group, long @Nullable [] outputPadding, long @Nullable [] outputShape)
    implements Operator, Weighted, Trained {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("ConvTranspose", 1, 11, 22);
    }

    @Override
    protected ConvTranspose parse(Attributes attributes) {
      return new ConvTranspose(
          SpatialWindow.parse(attributes),
          Math.toIntExact(attributes.integer("group", 1)),
          SpatialWindow.pixels(attributes, "output_padding"),
          SpatialWindow.pixels(attributes, "output_shape"));
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
    Tensor bias = inputs.optional(2);
    int spatial = SpatialWindow.extents(TensorData.sizes(x)).length;
    CannotRunException.requireCount("axes of the weight", x.dim(), w.dim());
    long[] crops = crops(TensorData.sizes(x), TensorData.sizes(w));
    long[] extra = extra(spatial);
    long[] begins = Arrays.copyOf(crops, spatial);
    if (isNative(crops, extra)) {
      return List.of(convolve(x, w, bias, begins, extra));
    }
    Tensor whole = convolve(x, w, null, new long[spatial], new long[spatial]);
    long[] pads = Arrays.stream(crops).map(crop -> -crop).toArray();
    for (int i = 0; i < spatial; i++) {
      pads[spatial + i] += extra[i];
    }
    Tensor cropped = torch.constant_pad_nd(whole, SpatialWindow.torchPads(pads));
    if (bias == null) {
      return List.of(cropped);
    }
    long[] perChannel = SpatialWindow.filled(spatial + 1, 1);
    perChannel[0] = -1;
    return List.of(cropped.add(bias.reshape(perChannel)));
  }

  private Tensor convolve(
      Tensor x, Tensor w, @Nullable Tensor bias, long[] padding, long[] outputPadding) {
    int spatial = padding.length;
    return torch.convolution(
        x,
        w,
        bias == null ? new TensorOptional() : new TensorOptional(bias),
        window.strides(spatial),
        padding,
        window.dilations(spatial),
        true,
        outputPadding,
        group);
  }

  /** libtorch crops the same on both sides and adds less than a stride or dilation. */
  private boolean isNative(long[] crops, long[] extra) {
    int spatial = extra.length;
    for (int i = 0; i < spatial; i++) {
      long most = Math.max(window.strides(spatial)[i], window.dilations(spatial)[i]);
      if (crops[i] < 0 || extra[i] >= most) {
        return false;
      }
    }
    return SpatialWindow.isSymmetric(crops);
  }

  private long[] extra(int spatial) {
    if (outputPadding == null) {
      return new long[spatial];
    }
    CannotRunException.requireCount("output_padding", spatial, outputPadding.length);
    return outputPadding;
  }

  /**
   * What goes off the whole result (with output_padding) before each spatial axis, then after each;
   * negative where zeros are added.
   */
  private long[] crops(long[] x, long[] w) {
    int spatial = x.length - 2;
    if (outputShape == null && !window.autoPad().startsWith("SAME")) {
      return window.pads(new long[spatial], new long[spatial]);
    }
    if (outputShape != null && outputShape.length < spatial) {
      CannotRunException.requireCount("output_shape", spatial, outputShape.length);
    }
    long[] crops = new long[2 * spatial];
    for (int i = 0; i < spatial; i++) {
      long stride = window.strides(spatial)[i];
      long reach = (w[i + 2] - 1) * window.dilations(spatial)[i] + 1;
      long whole = (x[i + 2] - 1) * stride + reach + extra(spatial)[i];
      long wanted =
          outputShape == null
              ? Math.min(whole, x[i + 2] * stride) // a short kernel leaves less
              : outputShape[outputShape.length - spatial + i];
      long total = Math.max(0, whole - wanted);
      crops[i] = window.autoPad().equals("SAME_UPPER") ? total / 2 : total - total / 2;
      crops[spatial + i] = whole - wanted - crops[i];
    }
    return crops;
  }

  @Override
  public void flow(ChannelFlow flow) {
    GroupedChannels.flow(flow, group, 0, 1);
  }

  @Override
  public Node cut(ChannelCut cut) {
    long left = cut.after().output(0).dimension(1) / cut.after().input(1).dimension(1);
    return left == group ? cut.node() : cut.node().withAttribute("group", new Attribute.Int(left));
  }

  @Override
  public long macs(Operands operands) {
    Shape weight = operands.input(1);
    return operands.input(0).elements() * (weight.elements() / weight.dimension(0));
  }

  @Override
  public Optional<Kernels> kernels(Operands operands) {
    long phases = 1;
    for (long stride : window.strides(operands.input(0).rank() - 2)) {
      phases *= stride;
    }
    return Optional.of(
        Kernels.transposedConvolution().grouped(group).spreadOver(Math.toIntExact(phases)));
  }

  @Override
  public Optional<Tensor> taps(Inputs inputs, int every) {
    Tensor x = inputs.get(0);
    Tensor w = inputs.get(1);
    long[] extents = Arrays.copyOfRange(TensorData.sizes(w), 2, (int) w.dim());
    Tensor kernels = Taps.ofEachChannel(x.size(1), extents);
    long[] shape = TensorData.sizes(kernels);
    shape[1] = shape[0] / x.size(1);
    shape[0] = x.size(1);
    Tensor taps =
        new ConvTranspose(window, Math.toIntExact(x.size(1)), outputPadding, outputShape)
            .run(new Inputs(List.of(x, kernels.reshape(shape)), 1))
            .get(0);
    return Optional.of(Positions.of(taps, every));
  }
}
