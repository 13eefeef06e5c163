package io.disassembler.check;

import io.disassembler.base.Stable;

/**
 * One cut at a random selection.
 *
 * @param number of the cut, from 1
 * @param keptMacs share of the MACs that the cut network has, in (0, 1]
 * @param masked the cut network against the full one with the removed channels zeroed
 * @param runtime ONNX Runtime against our engine, for the cut network as written to a file
 * @param seconds that cutting and comparing took
 */
@Stable
public record CutCheck(
    int number, double keptMacs, Difference masked, Difference runtime, double seconds) {

  public boolean holds() {
    return masked.holds() && runtime.holds();
  }
}
