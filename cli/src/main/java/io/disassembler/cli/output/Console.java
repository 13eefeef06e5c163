package io.disassembler.cli.output;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where commands print to. */
public final class Console {
  private Console() {}

  /**
   * Keeps what names in files could do to a terminal out of what {@code program} and its commands
   * print; help, which has colours, does not pass here.
   */
  public static void makePrintable(CommandLine program) {
    program.setOut(PrintableWriter.over(program.getOut()));
    program.setErr(PrintableWriter.over(program.getErr()));
  }

  /**
   * Says in one line why {@code command} failed; its beginning is red where that can be seen and
   * {@code NO_COLOR} does not forbid it.
   *
   * @param err the command's standard error
   */
  public static void complain(PrintWriter err, String message) {
    String name = "disassembler:";
    err.flush();
    if (Progress.isTerminal() && System.getenv("NO_COLOR") == null) {
      // Past the writer that lets no escapes through.
      System.err.print("\u001b[1;31m" + name + "\u001b[0m ");
      System.err.flush();
      err.println(message);
    } else {
      err.println(name + " " + message);
    }
    err.flush();
  }

  /** Prints what was asked for, such as JSON, to standard output, however quiet the command is. */
  public static void result(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  /** The command's standard output. */
  public static PrintWriter out(@Nullable CommandSpec spec) {
    return spec != null
        ? spec.commandLine().getOut()
        : new PrintWriter(System.out, true, Charset.defaultCharset());
  }
}
