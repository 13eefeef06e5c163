package io.disassembler.operator.family;

import io.disassembler.operator.Attributes;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What CumSum and CumProd share.
 *
 * @param exclusive an element does not count towards its own result
 * @param reverse from the back to the front
 */
public record Running(boolean exclusive, boolean reverse) {

  /** A running fold along an axis. */
  @FunctionalInterface
  public interface Fold {
    Tensor of(Tensor x, long axis, ScalarTypeOptional type);
  }

  public static Running parse(Attributes attributes) {
    return new Running(attributes.flag("exclusive", false), attributes.flag("reverse", false));
  }

  /**
   * @param neutral what the exclusive form starts from
   */
  public Tensor of(Tensor x, long axis, long neutral, Fold fold) {
    Tensor forward = reverse ? x.flip(axis) : x;
    long extent = x.size(axis);
    if (exclusive && extent > 0) {
      Tensor start = torch.full_like(forward.narrow(axis, 0, 1), new Scalar(neutral));
      Tensor shifted = forward.narrow(axis, 0, extent - 1);
      forward = torch.cat(new TensorVector(start, shifted), axis);
    }
    Tensor folded = fold.of(forward, axis, new ScalarTypeOptional(x.scalar_type()));
    return reverse ? folded.flip(axis) : folded;
  }
}
