package io.disassembler.operator.family;

import io.disassembler.operator.Attributes;
import io.disassembler.operator.TensorData;
import io.disassembler.operator.shape.Axes;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.Tensor;

/**
 * The axes that Softmax and its like normalise over. Since opset 13 the one axis named (default
 * -1), before that it and all behind it, as if they were one (default 1).
 *
 * @param axis negative from the back
 * @param trailing true if all axes behind it belong to it
 */
public record MixedAxes(long axis, boolean trailing) {

  public static MixedAxes parse(Attributes attributes) {
    boolean trailing = attributes.opset() < 13;
    return new MixedAxes(attributes.integer("axis", trailing ? 1 : -1), trailing);
  }

  public int[] of(int rank) {
    return trailing ? Axes.trailing(axis, rank) : new int[] {Axes.front(axis, rank)};
  }

  /** {@code function} of {@code x} and the axis to normalise over. */
  public Tensor apply(Tensor x, BiFunction<Tensor, Long, Tensor> function) {
    if (!trailing) {
      return function.apply(x, axis);
    }
    long[] sizes = TensorData.sizes(x);
    long inner = 1;
    for (int mixed : of(sizes.length)) {
      inner *= sizes[mixed];
    }
    return function.apply(x.reshape(x.numel() / Math.max(inner, 1), inner), 1L).reshape(sizes);
  }
}
