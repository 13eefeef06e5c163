package io.disassembler.data.layout;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Looks into folders and lists. */
final class Listing {
  private Listing() {}

  /**
   * A folder that a layout must have.
   *
   * @param of what the data set is called
   */
  static Path folder(Path folder, String of) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          "%s: expected this folder of %s, found %s"
              .formatted(folder, of, Files.exists(folder) ? "a file" : "nothing there"));
    }
    return folder;
  }

  /** A split's folder or list; the message names those that are there. */
  static Path split(Path file, String of) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(
          "%s: there is no such split of %s; there are %s"
              .formatted(file, of, String.join(", ", names(folder(file.resolveSibling(""), of)))));
    }
    return file;
  }

  /** Files in a folder and those below it whose names end so, in order; at least one. */
  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found =
          files
              .filter(file -> String.valueOf(file.getFileName()).endsWith(ending))
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new InvalidInputException(
            "%s: no file in this folder ends in %s".formatted(folder, ending));
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The lines of a list that are not blank; at least one. */
  static List<String> lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      List<String> found = lines.map(String::strip).filter(line -> !line.isEmpty()).toList();
      if (found.isEmpty()) {
        throw new InvalidInputException(file + ": expected a list of images, found no line");
      }
      return found;
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The name of a file without an ending that it has. */
  static String without(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.length() - ending.length());
  }

  private static InvalidInputException unreadable(Path file, Exception e) {
    Throwable cause =
        e instanceof UncheckedIOException ? Objects.requireNonNullElse(e.getCause(), e) : e;
    return new InvalidInputException(
        file + ": cannot be read (" + cause.getClass().getSimpleName() + ")", e);
  }
}
