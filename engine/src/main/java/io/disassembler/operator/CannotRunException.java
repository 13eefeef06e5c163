package io.disassembler.operator;

/**
 * An operator cannot run on what its node says and reads: a shape, a type or a number does not fit.
 * The engine says which node of which network.
 */
public final class CannotRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what does not fit, as the second half of a sentence
   */
  public CannotRunException(String message) {
    super(message);
  }

  /** Throws unless there are as many of {@code what} as expected. */
  public static void requireCount(String what, long expected, long found) {
    if (found != expected) {
      throw new CannotRunException("%s: expected %d, found %d".formatted(what, expected, found));
    }
  }
}
