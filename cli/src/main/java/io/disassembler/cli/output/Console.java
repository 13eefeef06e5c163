package io.disassembler.cli.output;

import java.io.PrintWriter;
import java.nio.charset.Charset;
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

  /** The command's standard output. */
  public static PrintWriter out(@Nullable CommandSpec spec) {
    return spec != null
        ? spec.commandLine().getOut()
        : new PrintWriter(System.out, true, Charset.defaultCharset());
  }
}
