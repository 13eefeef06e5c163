package io.disassembler.cli.commands;

import picocli.CommandLine;

/** Makes command lines, for a command that runs others. */
public interface CommandLines {
  /** The whole command line, to run one command. */
  CommandLine make();
}
