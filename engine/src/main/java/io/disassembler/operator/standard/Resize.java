package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelCut.Kept;
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
import io.disassembler.operator.shape.ResizedAxis;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Resize: interpolates a tensor to other extents. Opset 10 (X, scales), 11 (X, roi, scales,
 * sizes), 13 (roi and scales optional), 18 (axes, antialias, keep_aspect_ratio_policy), 19
 * (half_pixel_symmetric).
 *
 * @param axes the axes that scales, sizes and roi are about; null: all
 * @param aspect what sizes mean: stretch, not_larger or not_smaller
 * @param firstForm opset 10: input 1 holds the scales
 */
@ChannelRule("pass through; pinned where it interpolates between them")
record Resize(Interpolation interpolation, long @Nullable [] axes, String aspect, boolean firstForm)
    implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Resize", 10, 11, 13, 18, 19);
    }

    @Override
    protected Resize parse(Attributes attributes) {
      boolean first = attributes.opset() < 11;
      Interpolation interpolation =
          new Interpolation(
              attributes.choice("mode", "nearest", "nearest", "linear", "cubic"),
              attributes.choice(
                  "coordinate_transformation_mode",
                  first ? "asymmetric" : "half_pixel",
                  "half_pixel",
                  "half_pixel_symmetric",
                  "pytorch_half_pixel",
                  "align_corners",
                  "asymmetric",
                  "tf_half_pixel_for_nn",
                  "tf_crop_and_resize"),
              first
                  ? "simple"
                  : attributes.choice(
                      "nearest_mode",
                      "round_prefer_floor",
                      "round_prefer_floor",
                      "round_prefer_ceil",
                      "floor",
                      "ceil"),
              attributes.real("cubic_coeff_a", -0.75f),
              attributes.flag("exclude_outside", false),
              attributes.flag("antialias", false),
              attributes.real("extrapolation_value", 0));
      return new Resize(
          interpolation,
          attributes.integers("axes"),
          attributes.choice(
              "keep_aspect_ratio_policy", "stretch", "stretch", "not_larger", "not_smaller"),
          first);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    int[] fronts = fronts((int) x.dim());
    int scales = firstForm ? 1 : 2;
    List<ResizedAxis> resized =
        isGiven(inputs, scales)
            ? byScales(x, fronts, inputs.floats(scales))
            : bySizes(x, fronts, inputs.longs(3));
    if (interpolation.coordinates().equals("tf_crop_and_resize") && isGiven(inputs, 1)) {
      resized = inRegion(resized, inputs.floats(1));
    }
    return List.of(interpolation.apply(x, resized));
  }

  private int[] fronts(int rank) {
    return Axes.front(axes != null ? axes : Axes.from(0, rank), rank);
  }

  private static boolean isGiven(Inputs inputs, int index) {
    return inputs.has(index) && inputs.get(index).numel() > 0;
  }

  static List<ResizedAxis> byScales(Tensor x, int[] fronts, float[] scales) {
    CannotRunException.requireCount("scales", fronts.length, scales.length);
    List<ResizedAxis> resized = new ArrayList<>();
    for (int i = 0; i < fronts.length; i++) {
      long in = x.size(fronts[i]);
      resized.add(ResizedAxis.whole(fronts[i], in, (long) Math.floor(in * scales[i]), scales[i]));
    }
    return resized;
  }

  private List<ResizedAxis> bySizes(Tensor x, int[] fronts, long[] sizes) {
    CannotRunException.requireCount("sizes", fronts.length, sizes.length);
    float common = aspect.equals("not_larger") ? Float.MAX_VALUE : 0;
    for (int i = 0; i < fronts.length; i++) {
      float scale = (float) sizes[i] / x.size(fronts[i]);
      common = aspect.equals("not_larger") ? Math.min(common, scale) : Math.max(common, scale);
    }
    List<ResizedAxis> resized = new ArrayList<>();
    for (int i = 0; i < fronts.length; i++) {
      long in = x.size(fronts[i]);
      boolean stretch = aspect.equals("stretch");
      long out = stretch ? sizes[i] : Math.round((double) common * in);
      float scale = stretch ? (float) out / in : common;
      resized.add(ResizedAxis.whole(fronts[i], in, out, scale));
    }
    return resized;
  }

  private static List<ResizedAxis> inRegion(List<ResizedAxis> axes, float[] roi) {
    CannotRunException.requireCount("roi", 2L * axes.size(), roi.length);
    List<ResizedAxis> resized = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      ResizedAxis a = axes.get(i);
      resized.add(
          new ResizedAxis(a.axis(), a.in(), a.out(), a.scale(), roi[i], roi[axes.size() + i]));
    }
    return resized;
  }

  @Override
  public void flow(ChannelFlow flow) {
    ChannelsThrough.flow(
        flow,
        axis -> flow.input(0).dimension(axis) != flow.output(0).dimension(axis),
        "it interpolates between channels");
  }

  /** Sizes say how many channels there are; scales stay right. */
  @Override
  public Node cut(ChannelCut cut) {
    if (cut.output(0).isEmpty() || firstForm || !cut.before().has(3)) {
      return cut.node();
    }
    Kept kept = cut.output(0).get();
    int[] fronts = fronts(cut.before().input(0).rank());
    long[] sizes = cut.integers(3);
    Node node = cut.node();
    for (int i = 0; i < sizes.length; i++) {
      if (fronts[i] == kept.axis()) {
        node = node.withInput(3, cut.withEntry(node.input(3), i, kept.count()));
      }
    }
    return node;
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
    // A constant beyond the edge is no mixture of the channels' constants.
    return interpolation.extrapolation() == 0;
  }
}
