package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The files that a list or annotation names. Data sets come from strangers, so these files must lie
 * in the data set's own folder, after symbolic links are followed.
 */
final class Inside {
  private Inside() {}

  /**
   * A file by its name in a folder; it need not be there.
   *
   * @param source what names it, for messages
   * @throws InvalidInputException if it is outside the folder
   */
  static Path resolve(Path folder, String name, Path source) {
    Path relative;
    try {
      relative = Path.of(name);
    } catch (InvalidPathException e) {
      throw new InvalidInputException(
          "%s: names the file '%s', which is no path".formatted(source, printable(name)), e);
    }
    Path file = folder.resolve(relative);
    boolean stays = file.normalize().startsWith(folder.normalize());
    if (relative.isAbsolute() || name.isEmpty() || !stays || leadsOutside(folder, file)) {
      throw new InvalidInputException(
          "%s: names the file '%s', which is outside %s; copy it into that folder and name it by its place there"
              .formatted(source, printable(name), folder));
    }
    return file;
  }

  private static boolean leadsOutside(Path folder, Path file) {
    try {
      return Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be read (%s)".formatted(file, e.getClass().getSimpleName()), e);
    }
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
