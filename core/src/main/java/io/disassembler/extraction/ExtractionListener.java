package io.disassembler.extraction;

/** Hears how far an extraction is. */
@FunctionalInterface
public interface ExtractionListener {

  /**
   * Called when a task begins, after each of its steps, and with {@code done} equal to {@code
   * total} when it is over.
   *
   * @param task what is being done, such as {@code Recovering layers}
   * @param done steps done so far
   * @param total number of steps
   */
  void reached(String task, long done, long total);

  /** One that does not listen. */
  static ExtractionListener none() {
    return (task, done, total) -> {};
  }
}
