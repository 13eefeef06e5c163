package io.disassembler.cli.output;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Says, if the process is stopped while a command runs, what is left of it and how to go on. */
public final class Interruption implements AutoCloseable {
  private final Thread word;

  /**
   * Speaks up until closed.
   *
   * @param unfinished files that the command keeps until it is done, and goes on from
   * @param err where to
   */
  public Interruption(List<Path> unfinished, PrintWriter err) {
    word = new Thread(() -> say(unfinished, err));
    if (!unfinished.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(word);
    }
  }

  private static void say(List<Path> unfinished, PrintWriter err) {
    List<Path> left = unfinished.stream().filter(Files::exists).toList();
    if (left.isEmpty()) {
      err.println("disassembler: stopped before anything was saved; start again");
    }
    for (Path file : left) {
      err.printf(
          "disassembler: stopped; what was done is in %s: the same command with --resume goes on%n",
          file);
    }
    err.flush();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(word);
    } catch (IllegalStateException e) {
      // The process is being stopped already, and the word is being said.
    }
  }
}
