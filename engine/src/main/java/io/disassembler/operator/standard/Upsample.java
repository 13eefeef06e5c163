package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Interval;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.flow.ChannelsThrough;
import io.disassembler.operator.shape.Axes;
import io.disassembler.operator.shape.Interpolation;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Upsample: what Resize was before opset 10. Opset 1 (height_scale, width_scale), 7 (scales as
 * attribute), 9 (scales as input).
 *
 * @param scales one for each axis; null where input 1 says it
 */
@ChannelRule("pass through; pinned where it interpolates between them")
record Upsample(Interpolation interpolation, float @Nullable [] scales) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Upsample", 1, 7, 9, 10);
    }

    @Override
    protected Upsample parse(Attributes attributes) {
      String mode = attributes.choice("mode", "nearest", "nearest", "linear", "bilinear");
      Interpolation interpolation =
          new Interpolation(
              mode.equals("nearest") ? "nearest" : "linear",
              "asymmetric",
              "simple",
              0,
              false,
              false,
              0);
      return new Upsample(interpolation, scales(attributes));
    }

    private static float @Nullable [] scales(Attributes attributes) {
      if (attributes.opset() >= 9) {
        return null;
      }
      if (attributes.opset() < 7) {
        float height = attributes.real("height_scale", 1);
        return new float[] {1, 1, height, attributes.real("width_scale", 1)};
      }
      float[] scales = attributes.reals("scales");
      if (scales == null) {
        throw attributes.refuse("scales", "one float for each axis", "nothing");
      }
      return scales;
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    int rank = (int) x.dim();
    float[] factors = scales != null ? scales : inputs.floats(1);
    int[] fronts = Axes.front(Axes.from(0, rank), rank);
    return List.of(interpolation.apply(x, Resize.byScales(x, fronts, factors)));
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flow(
        flow,
        axis -> flow.input(0).dimension(axis) != flow.output(0).dimension(axis),
        "it interpolates between channels");
  }

  /**
   * Means of what it interpolates; cubic overshoots a little, which says nothing of its meaning.
   */
  @Override
  public Interval range(List<Interval> inputs) {
    return inputs.get(0);
  }

  @Override
  public Decision decision() {
    return Decision.MOVED;
  }

  @Override
  public boolean commutesWithMixing() {
    return true;
  }
}
