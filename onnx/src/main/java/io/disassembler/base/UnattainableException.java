package io.disassembler.base;

import org.jspecify.annotations.Nullable;

/**
 * What was asked for cannot be had of this network with these images, however often one tries: a
 * budget below the smallest network there is, say. It can be noted as a result; what fails for
 * other reasons, such as a full disk or a file that is gone, can not.
 */
public final class UnattainableException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  /**
   * @param settings which ask for too much, or would help
   */
  public UnattainableException(String message, Setting... settings) {
    this(message, null, settings);
  }

  /**
   * @param settings which ask for too much, or would help
   */
  public UnattainableException(String message, @Nullable Throwable cause, Setting... settings) {
    super(message, cause, settings);
  }

  @Override
  public UnattainableException in(String place) {
    return new UnattainableException(
        place + ": " + getMessage(), this, settings().toArray(Setting[]::new));
  }
}
