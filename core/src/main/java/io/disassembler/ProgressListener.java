package io.disassembler;

import io.disassembler.base.Setting;
import org.slf4j.LoggerFactory;

/**
 * Hears how far long work is, and what a user should know of it. Called by the thread that does the
 * work, so it should return quickly.
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

  /**
   * Called when a user should know something although the work goes on; logs it unless told
   * otherwise.
   *
   * @param message one line, in the words of the domain
   * @param settings which would change it
   */
  default void warned(String message, Setting... settings) {
    LoggerFactory.getLogger(ProgressListener.class).warn(message);
  }
}
