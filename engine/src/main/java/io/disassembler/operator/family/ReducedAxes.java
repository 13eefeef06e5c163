package io.disassembler.operator.family;

import io.disassembler.operator.Attributes;
import io.disassembler.operator.shape.Axes;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The axes that an ONNX Reduce operator folds: an attribute at first, an optional input since opset
 * 13 (ReduceSum) or 18. None given: all, unless noop_with_empty_axes.
 *
 * @param axes negative from the back; null if they are an input or not given
 * @param keepdims folded axes stay, with extent 1
 * @param noopWithoutAxes without axes nothing is folded
 */
public record ReducedAxes(long @Nullable [] axes, boolean keepdims, boolean noopWithoutAxes) {

  public static ReducedAxes parse(Attributes attributes) {
    return new ReducedAxes(
        attributes.integers("axes"),
        attributes.flag("keepdims", true),
        attributes.flag("noop_with_empty_axes", false));
  }

  /**
   * @param input the second input's elements, or null if it is not there
   * @return the axes to fold, from the front, ascending
   */
  public int[] of(int rank, long @Nullable [] input) {
    long[] given = axes != null ? axes : input;
    if (given != null && given.length > 0) {
      return Axes.ascending(given, rank);
    }
    return noopWithoutAxes ? new int[0] : IntStream.range(0, rank).toArray();
  }
}
