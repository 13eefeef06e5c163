package io.disassembler.cli.output;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How much is said of what is done. */
public final class Verbosity {
  /** Whether internal errors show where they happened. */
  public static final String DEBUG = "disassembler.debug";

  private static final String QUIET = "--quiet";
  private static final String VERBOSE = "--verbose";
  private static final String LOG = "org.slf4j.simpleLogger.";

  private Verbosity() {}

  /** Adds the options that say how much is said. */
  public static void offer(CommandSpec command) {
    command.addOption(
        flag("-q", QUIET)
            .description("Say nothing but why it failed: no tables, progress or warnings.")
            .build());
    command.addOption(
        flag("-v", VERBOSE)
            .description("Say more: which images count, what was tried, where an error happened.")
            .build());
  }

  private static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names).type(boolean.class);
  }

  /**
   * Lets {@code program} say as much as {@code command}, whose arguments were read, was asked to.
   * Comes before anything is logged: loggers keep the level that they begin with.
   */
  public static void apply(CommandLine program, CommandSpec command) {
    if (CommandOptions.isOn(command, VERBOSE)) {
      System.setProperty(LOG + "log.io.disassembler", "debug");
      System.setProperty(DEBUG, "true");
    }
    boolean quiet = CommandOptions.isOn(command, QUIET);
    if (quiet) {
      System.setProperty(LOG + "defaultLogLevel", "error");
      Progress.hide();
    }
    if (quiet || JsonOption.isPiped(command)) {
      program.setOut(new PrintWriter(Writer.nullWriter()));
    }
  }
}
