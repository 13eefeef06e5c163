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
   * Keeps what names in files could do to a terminal out of what {@code command} prints; help,
   * which has colours, does not pass here.
   */
  public static void makePrintable(CommandLine command) {
    command.setOut(PrintableWriter.over(command.getOut()));
    command.setErr(PrintableWriter.over(command.getErr()));
  }

  /** The command's standard output. */
  public static PrintWriter out(@Nullable CommandSpec spec) {
    return spec != null
        ? spec.commandLine().getOut()
        : new PrintWriter(System.out, true, Charset.defaultCharset());
  }
}
