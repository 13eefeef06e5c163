package io.disassembler.operator;

import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * One node's operation with its attributes parsed: everything we know about it, in one place.
 * Immutable; made by the {@link OperatorType} of the same file. Some operators are also {@link
 * Weighted}, {@link Trained} or {@link Normalizing}.
 */
@ChannelRule("pinned")
public interface Operator {

  /**
   * Runs on libtorch, inside a native scope of the caller. Must not change its inputs; may return
   * an input itself.
   *
   * @return as many tensors as {@link Inputs#outputs()} asks for, or more
   */
  List<Tensor> run(Inputs inputs);

  /**
   * Says how channels flow from inputs to outputs: calls {@link ChannelFlow#output} for every
   * output of the node. The default has no rule: whatever enters or leaves is never cut.
   */
  default void flow(ChannelFlow flow) {
    flow.pinAll("channels cannot be followed through it");
  }

  /**
   * The node rewritten for the channels that are kept, where its attributes or the constants that
   * steer it depend on channel counts. Weights that the flow declared with {@link
   * ChannelFlow#slices} and constants whose labels it asked for are sliced by the caller.
   */
  default Node cut(ChannelCut cut) {
    return cut.node();
  }

  /** What of input {@code index} the results depend on. */
  default Dependence dependence(int index) {
    return Dependence.CONTENT;
  }

  /** Multiply-accumulates of one run on operands of these shapes. */
  default long macs(Operands operands) {
    return 0;
  }

  /**
   * Between which values numbers of the first input are told apart.
   *
   * @param operands the stored weights among the inputs, in their order
   */
  default Bounds bounds(List<Optional<Weight>> operands) {
    return Bounds.NONE;
  }

  /** Whether this turns logits (its first input) into a decision, or only hands one on. */
  default Decision decision() {
    return Decision.NONE;
  }

  /**
   * Between which numbers all of its outputs lie.
   *
   * @param inputs between which the inputs lie, in their order; {@link Interval#ALL} for one that
   *     is not there
   */
  default Interval range(List<Interval> inputs) {
    return Interval.ALL;
  }

  /**
   * Whether it does the same, and nothing but linear, to every channel of its first input: then
   * channels may as well be mixed with each other before it as after it.
   */
  default boolean commutesWithMixing() {
    return false;
  }
}
