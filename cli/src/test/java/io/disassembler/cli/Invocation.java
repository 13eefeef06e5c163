package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What one call of the command line did.
 *
 * @param code the exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
public record Invocation(int code, String out, String err) {

  /** Calls the command line; arguments are strings, paths or numbers. */
  public static Invocation of(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    try {
      int code = Main.run(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
      return new Invocation(
          code,
          outBytes.toString(StandardCharsets.UTF_8),
          errBytes.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Calls the command line, which must end well. */
  public static Invocation succeed(Object... arguments) {
    Invocation invocation = of(arguments);
    assertThat(invocation.code()).as(invocation.out() + invocation.err()).isZero();
    return invocation;
  }

  /** Calls the command line, which must end well and warn of nothing. */
  static Invocation succeedQuietly(Object... arguments) {
    Invocation invocation = succeed(arguments);
    assertThat(invocation.err()).isEmpty();
    return invocation;
  }

  /** {@code base} and {@code more} in one list of arguments. */
  public static Object[] join(Object[] base, Object... more) {
    Object[] all = Arrays.copyOf(base, base.length + more.length);
    System.arraycopy(more, 0, all, base.length, more.length);
    return all;
  }

  /** The file's name, however the platform writes its folder. */
  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
