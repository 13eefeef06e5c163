package io.disassembler.cli.output;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command's options were set to, for what holds for every command. */
final class CommandOptions {
  private CommandOptions() {}

  /** Whether the command has a switch called {@code name} and it is on. */
  static boolean isOn(CommandSpec command, String name) {
    OptionSpec option = command.findOption(name);
    return option != null && Boolean.TRUE.equals(option.getValue());
  }
}
