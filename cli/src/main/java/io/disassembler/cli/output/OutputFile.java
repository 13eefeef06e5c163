package io.disassembler.cli.output;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Refuses outputs that could not be written, before hours of work rather than after. */
public final class OutputFile {
  private OutputFile() {}

  /** Checks {@code file} if it is one, as {@link #require(Path)} does. */
  public static void requireIfAny(@Nullable Path file) {
    if (file != null) {
      require(file);
    }
  }

  /**
   * The same for a command that makes a folder: {@code file} may lie in it.
   *
   * @param made the folder; it need not exist yet
   */
  public static void requireIfAny(@Nullable Path file, Path made) {
    if (file != null && (Files.exists(made) || !normal(made).equals(normal(file).getParent()))) {
      require(file);
    }
  }

  /**
   * Checks {@code output} and that it is not the {@code model} itself.
   *
   * @throws InvalidInputException as {@link #require(Path)}, or if both are the same file
   */
  public static void requireOtherThan(Path model, Path output) {
    require(output);
    if (normal(output).equals(normal(model))) {
      throw new InvalidInputException(
          output + ": is the model itself; name another file, so that the model is not lost");
    }
  }

  /**
   * Makes a folder for outputs, and those above it, where there is none.
   *
   * @throws InvalidInputException if it cannot be made
   */
  public static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InvalidInputException(folder + ": the folder cannot be made: " + e, e);
    }
  }

  private static Path normal(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /**
   * @throws InvalidInputException if {@code file} is a folder, or its folder is missing or cannot
   *     be written to
   */
  public static void require(Path file) {
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
