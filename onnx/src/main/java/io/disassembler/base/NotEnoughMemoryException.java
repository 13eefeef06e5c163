package io.disassembler.base;

/**
 * The machine has not the memory that was asked for. Says nothing of what was handed in: the same
 * may do on another machine, or in smaller portions. The message is one line that says what was
 * missing and what needs less; callers show it as it is.
 */
public final class NotEnoughMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotEnoughMemoryException(String message) {
    super(message);
  }

  public NotEnoughMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
