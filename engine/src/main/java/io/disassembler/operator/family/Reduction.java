package io.disassembler.operator.family;

import io.disassembler.operator.ChannelCut;
import io.disassembler.operator.ChannelFlow;
import io.disassembler.operator.ChannelRule;
import io.disassembler.operator.Inputs;
import io.disassembler.operator.Labels;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** An ONNX Reduce operator: folds the first input over some axes. */
@ChannelRule("pass through; pinned where it folds them")
public interface Reduction extends Mixing {

  ReducedAxes axes();

  /**
   * Folds {@code x} over at least one axis.
   *
   * @param over axes from the front
   */
  Tensor reduce(Tensor x, long[] over, boolean keepdims);

  /** True if elements that are zero change nothing, so that removed channels need not be there. */
  default boolean skipsZeros() {
    return false;
  }

  /** Whether channels that are folded may go: the others come to what they did with zeros there. */
  default boolean canLose(ChannelFlow flow) {
    return skipsZeros();
  }

  /** True if integers are computed with as floats; the result has their type again. */
  default boolean computesInFloats() {
    return false;
  }

  @Override
  default List<Tensor> run(Inputs inputs) {
    Tensor x = inputs.get(0);
    int[] over = axes().of((int) x.dim(), inputs.has(1) ? inputs.longs(1) : null);
    boolean converts = computesInFloats() && !x.is_floating_point();
    Tensor operand = converts ? x.to(ScalarType.Double) : x;
    // What an operator does to single elements it does even if it folds none.
    Tensor result =
        over.length == 0
            ? reduce(operand.unsqueeze(-1), new long[] {-1}, false)
            : reduce(operand, Arrays.stream(over).asLongStream().toArray(), axes().keepdims());
    return List.of(converts ? result.to(x.scalar_type()) : result);
  }

  @Override
  default int[] mixedAxes(ChannelFlow flow) {
    return axes().of(flow.input(0).rank(), flow.has(1) ? flow.integers(1) : null);
  }

  /** Whether channels of the first input are folded of which some are cut, and none comes out. */
  default boolean folds(ChannelCut cut) {
    if (cut.input(0).isEmpty() || cut.output(0).isPresent()) {
      return false;
    }
    int[] over =
        axes().of(cut.before().input(0).rank(), cut.before().has(1) ? cut.integers(1) : null);
    return Arrays.stream(over).anyMatch(axis -> axis == cut.input(0).get().axis());
  }

  @Override
  default void flow(ChannelFlow flow) {
    Labels labels = flow.labels(0);
    int[] over = mixedAxes(flow);
    boolean folded = Arrays.stream(over).anyMatch(labels::varies);
    if (folded && canLose(flow) && Mixing.apart(labels, over).length == 0) {
      flow.output(0, Labels.constant(flow.output(0), Labels.NONE));
    } else {
      Mixing.super.flow(flow);
    }
  }
}
