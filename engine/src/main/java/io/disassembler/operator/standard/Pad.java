package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.Operator;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.Axes;
import io.disassembler.operator.shape.SpatialWindow;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Pad: adds elements before and after each axis, or takes some off where a pad is negative.
 * Opset 1 (paddings), 2 (pads as attribute), 11 (pads and value as inputs), 13, 18 (axes), 19
 * (wrap), 21, 23, 24, 25.
 *
 * @param mode constant, reflect, edge or wrap
 * @param pads the attribute: begins of all axes, then ends; null where input 1 says it
 * @param value the attribute: what constant padding holds
 */
@ChannelRule("pass through; pinned where copies of them are padded")
record Pad(String mode, long @Nullable [] pads, float value) implements Operator {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Pad", 1, 2, 11, 13, 18, 19, 21, 23, 24, 25);
    }

    @Override
    protected Pad parse(Attributes attributes) {
      String mode = attributes.choice("mode", "constant", "constant", "reflect", "edge", "wrap");
      if (attributes.opset() >= 11) {
        return new Pad(mode, null, 0);
      }
      String key = attributes.opset() < 2 ? "paddings" : "pads";
      long[] pads = attributes.integers(key);
      if (pads == null) {
        throw attributes.refuse(key, "integers", "nothing");
      }
      return new Pad(mode, pads, attributes.real("value", 0));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    int rank = (int) x.dim();
    long[] all = pads(inputs::has, inputs::longs, rank);
    if (mode.equals("constant")) {
      Scalar constant = inputs.has(2) ? inputs.get(2).item() : new Scalar(value);
      return List.of(torch.constant_pad_nd(x, SpatialWindow.torchPads(all), constant));
    }
    for (int axis = 0; axis < rank; axis++) {
      if (all[axis] != 0 || all[rank + axis] != 0) {
        long[] sources = sources(x.size(axis), all[axis], all[rank + axis]);
        Tensor places = TensorData.ofLongs(sources, sources.length);
        x = x.index_select(axis, places.to(x.device(), places.scalar_type()));
      }
    }
    return List.of(x);
  }

  private long[] pads(IntPredicate has, IntFunction<long[]> integers, int rank) {
    long[] given = pads != null ? pads : integers.apply(1);
    boolean some = pads == null && has.test(3);
    int[] axes = some ? Axes.front(integers.apply(3), rank) : new int[rank];
    CannotRunException.requireCount("pads", 2L * axes.length, given.length);
    if (!some) {
      return given;
    }
    long[] all = new long[2 * rank];
    for (int i = 0; i < axes.length; i++) {
      all[axes[i]] = given[i];
      all[rank + axes[i]] = given[axes.length + i];
    }
    return all;
  }

  /** For each index along a padded axis of {@code extent}, the index that it copies. */
  private long[] sources(long extent, long before, long after) {
    long first = Math.max(0, -before);
    long left = extent - first - Math.max(0, -after);
    if (left < 0 || (left == 0 && (before > 0 || after > 0))) {
      throw new CannotRunException(
          "pads: an axis of extent %d cannot take %d before and %d after"
              .formatted(extent, before, after));
    }
    long begin = Math.max(0, before);
    if (Math.max(begin, after) > Integer.MAX_VALUE / 4) {
      throw new CannotRunException(
          "pads: %d before and %d after an axis of extent %d are beyond any memory"
              .formatted(before, after, extent));
    }
    long[] sources = new long[Math.toIntExact(begin + left + Math.max(0, after))];
    Arrays.setAll(sources, i -> first + source(i - begin, left));
    return sources;
  }

  private long source(long position, long extent) {
    return switch (mode) {
      case "edge" -> Math.max(0, Math.min(position, extent - 1));
      case "wrap" -> Math.floorMod(position, extent);
      default -> {
        long period = Math.max(1, 2 * (extent - 1));
        long phase = Math.floorMod(position, period);
        yield Math.min(phase, period - phase);
      }
    };
  }

  @Override
  public void flow(ChannelFlow flow) {
    Labels labels = flow.labels(0);
    int rank = labels.shape().rank();
    long[] all = pads(flow::has, flow::integers, rank);
    boolean[] padded = new boolean[rank];
    int channels = -1;
    boolean takesOff = false;
    for (int axis = 0; axis < rank; axis++) {
      padded[axis] = all[axis] != 0 || all[rank + axis] != 0;
      if (padded[axis] && labels.varies(axis)) {
        takesOff |= channels >= 0 || all[axis] < 0 || all[rank + axis] < 0;
        channels = axis;
      }
    }
    if (channels < 0) {
      flow.output(0, labels.withShape(flow.output(0)));
    } else if (takesOff || !mode.equals("constant")) {
      flow.pinAll("it pads channels with copies of them, or takes some off");
    } else {
      int[] inner = flow.channels(0, channels);
      int[] outer = new int[Math.toIntExact(flow.output(0).dimension(channels))];
      Arrays.fill(outer, Labels.NONE);
      System.arraycopy(inner, 0, outer, (int) all[channels], inner.length);
      flow.output(0, Labels.along(flow.output(0), channels, outer));
    }
  }
}
