package io.disassembler;

/**
 * Hears how far long work is. Called by the thread that does the work, so it should return quickly.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = (task, done, total) -> {};

  /**
   * Called when a task begins, with {@code done} steps left over from an earlier run, after each of
   * its steps, and with {@code done} equal to {@code total} when it is over.
   *
   * @param task what is being done, such as {@code Profiling}
   * @param done steps done so far
   * @param total number of steps
   */
  void progress(String task, long done, long total);
}
