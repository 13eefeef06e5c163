package io.disassembler.check;

import io.disassembler.base.Stable;
import io.disassembler.graph.Shape;

/**
 * Our engine against ONNX Runtime on one random input.
 *
 * @param input shape of the input, NCHW
 * @param difference between the outputs
 * @param seconds that the comparison took
 */
@Stable
public record ParityCheck(Shape input, Difference difference, double seconds) {

  public boolean holds() {
    return difference.holds();
  }
}
