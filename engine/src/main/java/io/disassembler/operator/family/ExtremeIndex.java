package io.disassembler.operator.family;

import io.disassembler.operator.Attributes;
import io.disassembler.operator.shape.Axes;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What ArgMax and ArgMin share.
 *
 * @param axis negative from the back
 * @param keepdims the axis stays, with extent 1
 * @param last of equal elements the last counts
 */
public record ExtremeIndex(long axis, boolean keepdims, boolean last) {

  /** Index of an extreme element along an axis, of equal ones the first. */
  @FunctionalInterface
  public interface First {
    Tensor of(Tensor x, LongOptional axis, boolean keepdims);
  }

  public static ExtremeIndex parse(Attributes attributes) {
    return new ExtremeIndex(
        attributes.integer("axis", 0),
        attributes.flag("keepdims", true),
        attributes.flag("select_last_index", false));
  }

  public int[] mixedAxes(int rank) {
    return new int[] {Axes.front(axis, rank)};
  }

  public Tensor of(Tensor x, First first) {
    if (!last) {
      return first.of(x, new LongOptional(axis), keepdims);
    }
    Tensor fromBack = first.of(x.flip(axis), new LongOptional(axis), keepdims);
    return fromBack.neg().add(new Scalar(x.size(axis) - 1));
  }
}
