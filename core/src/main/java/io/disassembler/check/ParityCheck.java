package io.disassembler.check;

import io.disassembler.graph.Shape;

/**
 * Our engine against ONNX Runtime on one random input.
 *
 * @param input shape of the input, NCHW
 * @param difference between the outputs
 * @param seconds that the comparison took
 */
public record ParityCheck(Shape input, Difference difference, double seconds) {

  public boolean holds() {
    return difference.holds();
  }
}
