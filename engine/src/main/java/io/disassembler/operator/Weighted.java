package io.disassembler.operator;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** What an {@link Operator} also is that can be a weighted layer: one with kernels. */
public interface Weighted {

  /**
   * What the layer reads and how; empty where operands of these shapes make it none, such as two
   * stacks of matrices.
   */
  Optional<Kernels> kernels(Operands operands);

  /**
   * What each number of a kernel is multiplied with, for a layer with spatial kernels: (N, C *
   * taps, spatial...), the taps of one input channel together, in the row-major order of the
   * weight's spatial axes. Empty for every other layer.
   *
   * @param inputs the layer's operands; of the weight only the extents count
   * @param every at which positions of the layer's output: the first along each spatial axis and
   *     every so many after it
   */
  default Optional<Tensor> taps(Inputs inputs, int every) {
    return Optional.empty();
  }
}
