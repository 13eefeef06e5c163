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
 * @param tolerance the largest relative difference that rounding explains
 * @param note what was compared, and why that tolerance, if it is not the output itself to {@link
 *     TrialRun#TOLERANCE}; else empty
 */
@Stable
public record Difference(
    double relative, Optional<Agreement> agreement, String failure, double tolerance, String note) {

  static Difference failed(String reason) {
    return new Difference(
        Double.POSITIVE_INFINITY, Optional.empty(), reason, TrialRun.TOLERANCE, "");
  }

  /** Between scores of which the categories are not known. */
  static Difference ofScores(float[] expected, float[] found) {
    return new Difference(
        TrialRun.difference(expected, found), Optional.empty(), "", TrialRun.TOLERANCE, "");
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
    return new Difference(
        0, Optional.of(new Agreement(same, expected.length)), "", TrialRun.TOLERANCE, "");
  }

  /** The same with a word on how it was compared. */
  Difference noted(String how) {
    return new Difference(
        relative, agreement, failure, tolerance, note.isEmpty() ? how : how + "; " + note);
  }

  /**
   * The same with as much tolerance as {@code other} took, of the same network on the same image.
   */
  Difference toleratedAs(Difference other) {
    return new Difference(relative, agreement, failure, Math.max(tolerance, other.tolerance), note);
  }

  /** Whether rounding explains the difference. */
  public boolean holds() {
    return failure.isEmpty()
        && relative <= tolerance
        && agreement.map(Agreement::holds).orElse(true);
  }
}
