package io.disassembler.cli;

import io.disassembler.cli.output.HelpSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Describes the command line for shells and for {@code man}; {@code scripts/package} puts what it
 * writes into the releases. Wants picocli-codegen, which the program itself does without.
 */
public final class Manual {
  private static final String NAME = "disassembler";

  private Manual() {}

  /** Writes completion for bash and zsh, and manual pages as AsciiDoc, into folder {@code [0]}. */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]));
  }

  static void write(Path folder) throws IOException {
    String bash = AutoComplete.bash(NAME, Main.describe());
    Files.writeString(folder.resolve(NAME), bash);
    Files.writeString(
        folder.resolve("_" + NAME),
        "#compdef %s%n%s%n_bash_complete -o default -F _complete_%s%n".formatted(NAME, bash, NAME));
    CommandLine commands = Main.describe();
    commands.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(HelpSection::arrange);
    int code =
        ManPageGenerator.generateManPage(
            folder.toFile(), null, new boolean[0], true, commands.getCommandSpec());
    if (code != 0) {
      throw new IOException("the manual pages cannot be written; picocli ended with " + code);
    }
  }
}
