package io.disassembler.base;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something the user handed in (a file, a setting, a network) cannot be used. The message is one
 * line that names the thing, what was expected, what was found and what can be done, in the words
 * of the domain; callers show it as it is, or add what they call its {@link #settings}.
 */
public class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Setting[] settings;

  /**
   * @param settings which were wrong, or would help
   */
  public InvalidInputException(String message, Setting... settings) {
    this(message, null, settings);
  }

  /**
   * @param settings which were wrong, or would help
   */
  public InvalidInputException(String message, @Nullable Throwable cause, Setting... settings) {
    super(message, cause);
    this.settings = settings.clone();
  }

  /** The settings that were wrong, or would help; none if none would. */
  public List<Setting> settings() {
    return List.of(settings);
  }

  /** The same complaint, about something in {@code place}. */
  public InvalidInputException in(String place) {
    return new InvalidInputException(place + ": " + getMessage(), this, settings);
  }
}
