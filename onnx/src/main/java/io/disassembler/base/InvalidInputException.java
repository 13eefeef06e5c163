package io.disassembler.base;

import org.jspecify.annotations.Nullable;

/**
 * Something the user handed in (a file, an option, a network) cannot be used. The message is one
 * line that names the thing, what was expected, what was found and what can be done; callers show
 * it as it is.
 */
public class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
