package io.disassembler.training;

import io.disassembler.base.InvalidInputException;

/**
 * How long tuning takes.
 *
 * @param steps number of training steps, at least 1; 0 where time decides
 * @param minutes time for all of it, above 0; infinite where steps decide, which alone makes runs
 *     repeatable
 */
public record TuningLength(int steps, double minutes) {
  /** What is usual. */
  public static final double MINUTES = 3;

  public TuningLength {
    if (steps < 0 || (steps == 0 && Double.isInfinite(minutes))) {
      throw new InvalidInputException("steps: expected at least 1, found " + steps);
    }
    if (!(minutes > 0)) {
      throw new InvalidInputException("minutes: expected more than 0, found " + minutes);
    }
  }

  /** As many steps. */
  public static TuningLength ofSteps(int steps) {
    return new TuningLength(steps, Double.POSITIVE_INFINITY);
  }

  /** As many steps as there is time for. */
  public static TuningLength ofMinutes(double minutes) {
    return new TuningLength(0, minutes);
  }
}
