package io.disassembler.training;

/** How much time tuning has left. */
final class TuningClock {
  /** Share of the time in which the full network may be asked. */
  private static final double ASKING = 0.3;

  private static final double NANOSECONDS = 1e9;
  private static final double SECONDS = 60;

  private final TuningLength length;
  private final long start = System.nanoTime();

  TuningClock(TuningLength length) {
    this.length = length;
  }

  /** Whether it is time to begin with the steps. */
  boolean askedEnough() {
    return seconds() > ASKING * SECONDS * length.minutes();
  }

  /**
   * How many steps there will be.
   *
   * @param each seconds that a step takes
   * @param rest seconds that everything else will take
   */
  int steps(double each, double rest) {
    if (length.steps() > 0) {
      return length.steps();
    }
    double left = SECONDS * length.minutes() - seconds() - rest;
    return Math.max(1, (int) (left / each));
  }

  /** Seconds since the beginning. */
  double seconds() {
    return (System.nanoTime() - start) / NANOSECONDS;
  }
}
