package io.disassembler.cli;

import io.disassembler.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes text files, whole or not at all. */
final class TextFile {
  private TextFile() {}

  /**
   * @throws InvalidInputException if {@code file} cannot be written
   */
  static void write(Path file, String text) {
    Path target = file.toAbsolutePath();
    try {
      Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
      try {
        Files.writeString(temporary, text.endsWith("\n") ? text : text + "\n");
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be written: " + e, e);
    }
  }
}
