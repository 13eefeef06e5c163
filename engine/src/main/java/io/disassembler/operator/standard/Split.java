package io.disassembler.operator.standard;

import com.google.auto.service.AutoService;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Node;
import io.disassembler.operator.Attributes;
import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelCut.Kept;
import io.disassembler.operator.DataMovement;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.OperatorType;
import io.disassembler.operator.shape.Axes;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Split: cuts a tensor along one axis into consecutive parts, equal ones unless sizes are
 * given. Opset 1, 2, 11 (sizes as attribute), 13 (sizes as input), 18 (num_outputs, the last part
 * may be smaller).
 *
 * @param sizes extents of the parts as an attribute gives them; null otherwise
 * @param sizesAreInput true where sizes come as input 1
 */
record Split(int axis, long @Nullable [] sizes, boolean sizesAreInput) implements DataMovement {

  @AutoService(OperatorType.class)
  public static final class Type extends OperatorType {
    public Type() {
      super("Split", 1, 2, 11, 13, 18);
    }

    @Override
    protected Split parse(Attributes attributes) {
      attributes.ignore("num_outputs"); // as many as the node lists
      int axis = (int) attributes.integer("axis", 0);
      boolean input = attributes.opset() >= 13;
      return new Split(axis, input ? null : attributes.integers("split"), input);
    }
  }

  @Override
  public List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    int front = Axes.front(axis, (int) x.dim());
    long[] parts =
        inputs.has(1)
            ? inputs.longs(1)
            : sizes != null ? sizes : equalParts(x.size(front), inputs.outputs());
    List<Tensor> results = new ArrayList<>();
    long start = 0;
    for (long part : parts) {
      results.add(x.narrow(front, start, part));
      start += part;
    }
    return results;
  }

  private static long[] equalParts(long extent, int count) {
    long[] parts = new long[count];
    long each = (extent + count - 1) / count;
    for (int i = 0; i < count; i++) {
      parts[i] = Math.max(0, Math.min(each, extent - i * each));
    }
    return parts;
  }

  @Override
  public Node cut(ChannelCut cut) {
    int front = Axes.front(axis, cut.before().input(0).rank());
    if (cut.input(0).isEmpty() || cut.input(0).get().axis() != front) {
      return cut.node();
    }
    Kept kept = cut.input(0).get();
    long[] before =
        cut.before().has(1)
            ? cut.integers(1)
            : sizes != null ? sizes : equalParts(kept.extent(), cut.node().outputs().size());
    long[] after = new long[before.length];
    int start = 0;
    for (int i = 0; i < before.length; i++) {
      int end = start + (int) before[i];
      after[i] = (long) kept.rank(end) - kept.rank(start);
      start = end;
    }
    return sizesAreInput
        ? cut.node().withoutAttribute("num_outputs").withInput(1, cut.constant(after))
        : cut.node().withAttribute("split", Attribute.Ints.of(after));
  }
}
