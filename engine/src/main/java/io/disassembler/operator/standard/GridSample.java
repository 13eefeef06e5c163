package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.flow.ChannelsThrough;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * ONNX GridSample: X (N, C, spatial...) interpolated at the coordinates that a grid gives in [-1,
 * 1]. Opset 16 (bilinear, nearest, bicubic), 20 (linear, nearest, cubic; volumes), 22.
 *
 * @param mode libtorch's number: 0 linear, 1 nearest, 2 cubic
 * @param padding libtorch's number: 0 zeros, 1 border, 2 reflection
 */
@ChannelRule("pass through")
record GridSample(int mode, int padding, boolean alignCorners) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("GridSample", 16, 20, 22);
    }

    @Override
    protected GridSample parse(Attributes attributes) {
      String mode =
          attributes.choice("mode", "linear", "linear", "bilinear", "nearest", "cubic", "bicubic");
      String padding = attributes.choice("padding_mode", "zeros", "zeros", "border", "reflection");
      return new GridSample(
          mode.endsWith("linear") ? 0 : mode.equals("nearest") ? 1 : 2,
          List.of("zeros", "border", "reflection").indexOf(padding),
          attributes.flag("align_corners", false));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    Tensor grid = inputs.get(1).to(x.scalar_type());
    return List.of(torch.grid_sampler(x, grid, mode, padding, alignCorners));
  }

  @Override
  public void flow(ChannelFlow flow) {
    if (!flow.isWeight(1)) {
      flow.pin(flow.labels(1), "coordinates to sample at");
    }
    ChannelsThrough.flowMixingSpace(flow, "sampled along with its neighbours");
  }
}
