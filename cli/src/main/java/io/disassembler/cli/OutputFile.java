package io.disassembler.cli;

import io.disassembler.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses outputs that could not be written, before hours of work rather than after. */
final class OutputFile {
  private OutputFile() {}

  /**
   * @throws InvalidInputException if {@code file} is a folder, or its folder is missing or cannot
   *     be written to
   */
  static void require(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + ": is a folder; name a file to write");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidInputException(
          file + ": cannot be written: the folder " + folder + " does not exist; create it first");
    }
    if (!Files.isWritable(folder)) {
      throw new InvalidInputException(
          file + ": cannot be written: no permission to write to the folder " + folder);
    }
  }
}
