package io.disassembler.training;

/**
 * How a {@link TuningRun} goes.
 *
 * @param steps number of steps, at least 1
 * @param rate the highest learning rate
 */
record TuningLayout(int steps, double rate) {
  /** How often the average is judged and the state saved. */
  static final int ROUNDS = 6;

  private static final double WARM_UP = 0.1;

  /** Whether the average is judged after so many steps. */
  boolean endsRound(int step) {
    return step == steps || step % Math.max(1, (steps + ROUNDS - 1) / ROUNDS) == 0;
  }

  Schedule schedule() {
    return new Schedule(rate, WARM_UP);
  }
}
