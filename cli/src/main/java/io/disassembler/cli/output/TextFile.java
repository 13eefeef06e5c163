package io.disassembler.cli.output;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Replacement;
import java.io.IOException;
import java.nio.file.Path;

/** Writes text files, whole or not at all. */
public final class TextFile {
  private TextFile() {}

  /**
   * @throws InvalidInputException if {@code file} cannot be written
   */
  public static void write(Path file, String text) {
    try {
      Replacement.write(file, text.endsWith("\n") ? text : text + "\n");
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be written: " + e, e);
    }
  }
}
