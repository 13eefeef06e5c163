package io.disassembler.libtorch;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it means when libtorch throws. */
public final class LibtorchErrors {
  private static final Pattern WANTED =
      Pattern.compile("tried to allocate ([\\d.]+ \\w+)", Pattern.CASE_INSENSITIVE);

  private LibtorchErrors() {}

  /**
   * Why libtorch refuses the shapes, types or numbers that it got; empty if it is another error.
   */
  public static Optional<String> refusal(RuntimeException error) {
    String reason = reason(error);
    // These say that libtorch, or whoever calls it, has a bug.
    boolean bug = reason.contains("INTERNAL ASSERT") || reason.contains("undefined Tensor");
    return isNative(error) && !isMemory(reason) && !bug ? Optional.of(reason) : Optional.empty();
  }

  /** What memory was missing; empty if it is another error. */
  public static Optional<String> memory(RuntimeException error) {
    String reason = reason(error);
    if (!isNative(error) || !isMemory(reason)) {
      return Optional.empty();
    }
    Matcher wanted = WANTED.matcher(reason);
    return Optional.of(
        wanted.find()
            ? "libtorch could not get another " + wanted.group(1)
            : "libtorch could not get more");
  }

  /**
   * JavaCPP makes a RuntimeException, no subclass, of every C++ exception, and throws it from the
   * native method; our code and Java's throw others.
   */
  private static boolean isNative(RuntimeException error) {
    StackTraceElement[] trace = error.getStackTrace();
    return error.getClass() == RuntimeException.class
        && trace.length > 0
        && trace[0].isNativeMethod();
  }

  private static boolean isMemory(String reason) {
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("can't allocate memory")
        || lower.contains("out of memory")
        || lower.contains("bad_alloc")
        || lower.contains("storage size calculation overflowed");
  }

  /** The first line; what follows is a trace of libtorch's own calls. */
  private static String reason(RuntimeException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }
}
