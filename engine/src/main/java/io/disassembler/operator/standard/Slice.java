package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.CannotRunException;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelCut.Kept;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Decision;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.Axes;
import io.disassembler.operator.shape.Indices;
import io.disassembler.operator.shape.SliceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Slice: ranges of indices along some axes. Opset 1 (starts, ends, axes as attributes), 10
 * (inputs, with steps), 11, 13.
 *
 * @param attributes what opset 1 says in attributes; null where inputs say it
 */
@ChannelRule("moved along; pinned where indices or bounds along them are computed")
record Slice(@Nullable Bounds attributes) implements DataMovement {

  /** ONNX's starts, ends, axes and steps; null axes: the first ones, null steps: 1. */
  record Bounds(long[] starts, long[] ends, long @Nullable [] axes, long @Nullable [] steps) {

    List<SliceRange> on(long[] sizes) {
      if (sizes.length == 0) {
        CannotRunException.requireCount("starts of a value without axes", 0, starts.length);
      }
      CannotRunException.requireCount("ends", starts.length, ends.length);
      if (axes != null) {
        CannotRunException.requireCount("axes", starts.length, axes.length);
      }
      if (steps != null) {
        CannotRunException.requireCount("steps", starts.length, steps.length);
      }
      List<SliceRange> ranges = new ArrayList<>();
      for (int i = 0; i < starts.length; i++) {
        int axis = Axes.front(axes == null ? i : axes[i], sizes.length);
        long step = steps == null ? 1 : steps[i];
        ranges.add(SliceRange.of(axis, starts[i], ends[i], step, sizes[axis]));
      }
      return ranges;
    }
  }

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Slice", 1, 10, 11, 13);
    }

    @Override
    protected Slice parse(Attributes attributes) {
      if (attributes.opset() >= 10) {
        return new Slice(null);
      }
      long[] starts = attributes.integers("starts");
      long[] ends = attributes.integers("ends");
      if (starts == null || ends == null || starts.length != ends.length) {
        throw attributes.refuse("starts", "as many integers as ends", "another number");
      }
      return new Slice(new Bounds(starts, ends, attributes.integers("axes"), null));
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    for (SliceRange range : bounds(inputs::has, inputs::longs).on(TensorData.sizes(x))) {
      x = slice(x, range);
    }
    return List.of(x);
  }

  private Bounds bounds(IntPredicate has, IntFunction<long[]> integers) {
    return attributes != null
        ? attributes
        : new Bounds(
            integers.apply(1),
            integers.apply(2),
            has.test(3) ? integers.apply(3) : null,
            has.test(4) ? integers.apply(4) : null);
  }

  private static Tensor slice(Tensor x, SliceRange range) {
    if (range.count() == 0) {
      return x.narrow(range.axis(), 0, 0);
    }
    if (range.step() == 1) {
      return x.narrow(range.axis(), range.start(), range.count());
    }
    long last = range.start() + (range.count() - 1) * range.step();
    Tensor forward =
        x.slice(
            range.axis(),
            new LongOptional(Math.min(range.start(), last)),
            new LongOptional(Math.max(range.start(), last) + 1),
            Math.abs(range.step()));
    return range.step() > 0 ? forward : forward.flip(range.axis());
  }

  @Override
  public void flow(ChannelFlow flow) {
    Labels labels = flow.labels(0);
    List<SliceRange> ranges = bounds(flow::has, flow::integers).on(flow.input(0).dimensions());
    boolean alone = ranges.size() == 1 && !flow.isWeight(0);
    for (SliceRange range : ranges) {
      boolean cuts =
          labels.varies(range.axis()) && !range.isWhole(labels.shape().dimension(range.axis()));
      if (cuts && !alone && !isRewritable(range, flow::has, flow::isWeight)) {
        flow.pinAll("it slices channels along with other axes, by steps or computed bounds");
        return;
      }
    }
    DataMovement.super.flow(flow);
  }

  /** True if the range stays one whatever channels go, and its bounds can be written anew. */
  private boolean isRewritable(SliceRange range, IntPredicate has, IntPredicate isWeight) {
    boolean stored =
        attributes != null
            || (isWeight.test(1) && isWeight.test(2) && (!has.test(3) || isWeight.test(3)));
    return stored && Math.abs(range.step()) == 1;
  }

  @Override
  public Node cut(ChannelCut cut) {
    if (cut.input(0).isEmpty()) {
      return cut.node();
    }
    Kept kept = cut.input(0).get();
    List<SliceRange> ranges =
        bounds(cut.before()::has, cut::integers).on(cut.before().input(0).dimensions());
    for (int i = 0; i < ranges.size(); i++) {
      SliceRange range = ranges.get(i);
      if (range.axis() == kept.axis() && !range.isWhole(kept.extent())) {
        long[] left = Indices.kept(range.indices(), kept);
        return isRewritable(range, cut.before()::has, cut::isWeight)
            ? rewrite(cut, i, range.step(), left, kept.count())
            : Gather.node(cut, cut.node().input(0), range.axis(), left);
      }
    }
    return cut.node();
  }

  private Node rewrite(ChannelCut cut, int entry, long step, long[] left, int extent) {
    int count = left.length;
    SliceRange range = new SliceRange(0, count == 0 ? 0 : left[0], step, count);
    Node node = cut.node();
    if (attributes == null) {
      return node.withInput(1, cut.withEntry(node.input(1), entry, range.start()))
          .withInput(2, cut.withEntry(node.input(2), entry, range.end(extent)));
    }
    long[] starts = attributes.starts().clone();
    long[] ends = attributes.ends().clone();
    starts[entry] = range.start();
    ends[entry] = range.end(extent);
    return node.withAttribute("starts", Attribute.Ints.of(starts))
        .withAttribute("ends", Attribute.Ints.of(ends));
  }

  @Override
  public Decision decision() {
    return Decision.MOVED;
  }
}
