package io.disassembler.cli.output;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line on how far a task is, every ten seconds at most, where nothing can be drawn over. */
final class ProgressLines {
  private static final long EVERY = 10_000_000_000L;

  private final String task;
  private final long before;
  private final PrintStream out;
  private final LongSupplier clock;
  private final long start;
  private long said;

  /**
   * @param before number of steps that were done earlier
   * @param clock tells nanoseconds
   */
  ProgressLines(String task, long before, PrintStream out, LongSupplier clock) {
    this.task = task;
    this.before = before;
    this.out = out;
    this.clock = clock;
    start = clock.getAsLong();
    said = start;
  }

  /** {@code done} of {@code total} steps are done. */
  void update(long done, long total) {
    long now = clock.getAsLong();
    if (now - said < EVERY || total <= 0) {
      return;
    }
    said = now;
    double seconds = (now - start) / 1e9;
    String left =
        done > before
            ? String.format(
                Locale.ROOT, ", about %.0f s left", seconds / (done - before) * (total - done))
            : "";
    out.printf(
        Locale.ROOT,
        "%s: %d of %d (%d %%) after %.0f s%s%n",
        task,
        done,
        total,
        100 * done / total,
        seconds,
        left);
  }
}
