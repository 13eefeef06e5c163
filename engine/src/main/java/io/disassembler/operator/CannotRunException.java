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

  /**
   * Does nothing if {@code fits}.
   *
   * @param message what does not fit, with its {@code values} in the way of {@link String#format}
   */
  public static void unless(boolean fits, String message, Object... values) {
    if (!fits) {
      throw new CannotRunException(message.formatted(values));
    }
  }
}
