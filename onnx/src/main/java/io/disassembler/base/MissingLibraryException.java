package io.disassembler.base;

/**
 * A native library is not there for this platform. Says nothing of what was handed in: the same may
 * do on another machine, or with that library's jar beside the others. The message is one line that
 * names library and platform; callers show it as it is.
 */
public final class MissingLibraryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param library as its makers call it
   * @param platform as its makers call it, such as {@code linux-arm64}
   * @param cause what came of loading it
   */
  public MissingLibraryException(String library, String platform, Throwable cause) {
    super(
        "this needs %s, whose native library for %s is missing here or cannot be loaded (%s); docs/install.md says what works without"
            .formatted(library, platform, reason(cause)),
        cause);
  }

  /** What the innermost cause says, without the folders that were searched. */
  private static String reason(Throwable cause) {
    Throwable inner = cause.getCause();
    return inner != null
        ? reason(inner)
        : String.valueOf(cause.getMessage())
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst(" in java\\.library\\.path: .*", "");
  }
}
