package io.disassembler.check;

import java.util.OptionalDouble;

/**
 * How far two outputs for the same input are from each other.
 *
 * @param relative largest difference, relative to the range of the expected output; 0 where the
 *     outputs are categories, infinite where they cannot be compared
 * @param agreement share of pixels with the same category, in [0, 1]; empty for a single score
 * @param failure why there is nothing to compare; empty if there is
 */
public record Difference(double relative, OptionalDouble agreement, String failure) {

  static Difference failed(String reason) {
    return new Difference(Double.POSITIVE_INFINITY, OptionalDouble.empty(), reason);
  }

  /** Whether rounding explains the difference. */
  public boolean holds() {
    return failure.isEmpty()
        && relative <= CheckSettings.TOLERANCE
        && agreement.orElse(1) >= CheckSettings.AGREEMENT;
  }
}
