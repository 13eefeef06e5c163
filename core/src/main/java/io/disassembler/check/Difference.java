package io.disassembler.check;

import io.disassembler.base.Stable;
import java.util.Optional;

/**
 * How far two outputs for the same input are from each other.
 *
 * @param relative largest difference, relative to the range of the expected output; 0 where the
 *     outputs are category numbers, infinite where they cannot be compared
 * @param agreement of the categories; empty for a single score
 * @param failure why there is nothing to compare; empty if there is
 */
@Stable
public record Difference(double relative, Optional<Agreement> agreement, String failure) {

  static Difference failed(String reason) {
    return new Difference(Double.POSITIVE_INFINITY, Optional.empty(), reason);
  }

  /** Between scores of which the categories are not known. */
  static Difference ofScores(float[] expected, float[] found) {
    return new Difference(TrialRun.difference(expected, found), Optional.empty(), "");
  }

  /** Between category numbers, one for each pixel. */
  static Difference ofNumbers(float[] expected, float[] found) {
    if (expected.length != found.length) {
      return failed("%d pixels expected, %d found".formatted(expected.length, found.length));
    }
    long same = 0;
    for (int i = 0; i < expected.length; i++) {
      same += expected[i] == found[i] ? 1 : 0;
    }
    return new Difference(0, Optional.of(new Agreement(same, expected.length)), "");
  }

  /** Whether rounding explains the difference. */
  public boolean holds() {
    return failure.isEmpty()
        && relative <= TrialRun.TOLERANCE
        && agreement.map(Agreement::holds).orElse(true);
  }
}
