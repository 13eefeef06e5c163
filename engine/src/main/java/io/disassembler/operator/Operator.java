package io.disassembler.operator;

import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * One node's operation with its attributes parsed: everything we know about it, in one place.
 * Immutable; made by the {@link OperatorType} of the same file.
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

  /** What a weighted layer (one with kernels) reads and how; null for every other operator. */
  default @org.jspecify.annotations.Nullable Kernels kernels(Operands operands) {
    return null;
  }

  /**
   * What each number of a kernel is multiplied with, for a layer with spatial kernels: (N, C *
   * taps, spatial...), the taps of one input channel together, in the row-major order of the
   * weight's spatial axes. Null for every other operator.
   *
   * @param inputs the layer's operands; of the weight only the extents count
   * @param every at which positions of the layer's output: the first along each spatial axis and
   *     every so many after it
   */
  default @org.jspecify.annotations.Nullable Tensor taps(Inputs inputs, int every) {
    return null;
  }

  /**
   * The value below which all numbers of the first input come out the same; negative infinity if
   * there is none.
   */
  default double floor() {
    return Double.NEGATIVE_INFINITY;
  }

  /**
   * Index of the operand that a normalisation multiplies each channel with, its gamma; negative for
   * every other operator.
   */
  default int channelScale() {
    return -1;
  }

  /**
   * What this does in inference to each channel along axis 1 of its first input, if that is to
   * multiply it by a constant and to add another; null for every other operator.
   *
   * @param operands the stored weights among the inputs, in their order
   */
  default @org.jspecify.annotations.Nullable Affine affine(List<Optional<Weight>> operands) {
    return null;
  }

  /** Whether training adjusts input {@code index}, where it is a stored weight. */
  default boolean learns(int index) {
    return false;
  }

  /**
   * The node as it is while its network is trained, where that differs from inference; it may have
   * more outputs.
   *
   * @param opset version of the operator set that the node belongs to
   */
  default Node inTraining(Node node, long opset) {
    return node;
  }

  /** Which inputs, stored weights, take the value of which outputs after a step of training. */
  default Map<Integer, Integer> updates() {
    return Map.of();
  }

  /** Whether this turns logits (its first input) into a decision, or only hands one on. */
  default Decision decision() {
    return Decision.NONE;
  }
}
