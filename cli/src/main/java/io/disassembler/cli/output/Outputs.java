package io.disassembler.cli.output;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Refuses a command, before it starts, whose outputs could not be written, would take the place of
 * an input or of each other, or exist already.
 */
public final class Outputs {
  /** The option that lets outputs replace what exists. */
  public static final String OVERWRITE = "--overwrite";

  private static final String BESIDE = "beside ";
  private static final String CARD = ".yaml";

  private final List<Output> outputs = new ArrayList<>();
  private final List<Named> inputs = new ArrayList<>();
  private final boolean overwrite;
  private final boolean resumed;

  /** A path and the argument that names it. */
  private record Named(String argument, Path path) {
    boolean isCard() {
      return argument.startsWith(BESIDE) && path.toString().endsWith(CARD);
    }
  }

  /** What a command writes to. */
  private record Output(Named named, Writes promise) {}

  private Outputs(CommandSpec command) {
    for (ArgSpec argument : command.args()) {
      Writes promise = promise(argument);
      for (Path path : paths(argument.getValue())) {
        Named named = new Named(name(argument), path);
        if (promise == null) {
          inputs.add(named);
          beside(path).forEach(other -> inputs.add(new Named(BESIDE + path, other)));
        } else {
          outputs.add(new Output(named, promise));
        }
      }
    }
    overwrite = isOn(command, OVERWRITE);
    resumed = isOn(command, "--resume");
  }

  private static boolean isOn(CommandSpec command, String name) {
    OptionSpec option = command.findOption(name);
    return option != null && Boolean.TRUE.equals(option.getValue());
  }

  /** Adds the option that lets outputs replace what exists, if {@code command} writes any. */
  public static void offerOverwrite(CommandSpec command) {
    if (command.args().stream().anyMatch(argument -> promise(argument) != null)) {
      command.addOption(
          OptionSpec.builder(OVERWRITE)
              .type(boolean.class)
              .description("Replace outputs that exist already.")
              .build());
    }
  }

  /** What {@code command}, whose arguments were read, is about to write. */
  public static Outputs of(CommandSpec command) {
    return new Outputs(command);
  }

  /**
   * Refuses outputs that would be lost, or would cost what is there.
   *
   * @throws InvalidInputException if something may not or cannot be written
   */
  public void require() {
    for (Output output : outputs) {
      requireWritable(output);
      requireApart(output);
      if (!overwrite) {
        requireNew(output);
      }
    }
  }

  /** Files that the command keeps until it is done, and goes on from if it was stopped. */
  public List<Path> unfinished() {
    return outputs.stream().flatMap(output -> written(output).stream().skip(1)).toList();
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
      throw new InvalidInputException(folder + ": the folder cannot be made: " + Reason.of(e), e);
    }
  }

  private void requireWritable(Output output) {
    Path path = output.named.path;
    if (output.promise.folder()) {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new InvalidInputException(path + ": is a file; name a folder to write to");
      }
      return;
    }
    if (Files.isDirectory(path)) {
      throw new InvalidInputException(path + ": is a folder; name a file to write");
    }
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null || (!Files.isDirectory(folder) && !made(folder))) {
      throw new InvalidInputException(
          path + ": cannot be written: the folder " + folder + " does not exist; create it first");
    }
    if (Files.exists(folder) && !Files.isWritable(folder)) {
      throw new InvalidInputException(
          path + ": cannot be written: no permission to write to the folder " + folder);
    }
  }

  /** Whether the command itself makes {@code folder}. */
  private boolean made(Path folder) {
    return outputs.stream()
        .anyMatch(other -> other.promise.folder() && same(other.named.path, folder));
  }

  private void requireApart(Output output) {
    for (Path written : written(output)) {
      for (Named input : inputs) {
        if (same(written, input.path) && !(output.promise.card() && input.isCard())) {
          throw new InvalidInputException(
              "%s %s: would take the place of what the command reads (%s); name another file, so that it is not lost"
                  .formatted(output.named.argument, output.named.path, input.argument));
        }
      }
      for (Output other : outputs.subList(0, outputs.indexOf(output))) {
        if (written(other).stream().anyMatch(path -> same(written, path))) {
          throw new InvalidInputException(
              "%s and %s: both would write to %s; name two files"
                  .formatted(other.named.argument, output.named.argument, written));
        }
      }
    }
  }

  private void requireNew(Output output) {
    Path path = output.named.path;
    Writes promise = output.promise;
    if (promise.folder()) {
      if (holdsFiles(path)
          && (promise.continued().isEmpty() || !Files.exists(path.resolve(promise.continued())))) {
        throw new InvalidInputException(
            "%s %s: the folder has files in it; name another, or replace those of the same names with %s"
                .formatted(output.named.argument, path, OVERWRITE));
      }
      return;
    }
    for (Path unfinished : written(output).subList(1, written(output).size())) {
      if (Files.exists(unfinished) && !resumed) {
        throw new InvalidInputException(
            "%s: left by a run that was stopped; go on with --resume, or start anew with %s"
                .formatted(unfinished, OVERWRITE));
      }
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !(promise.early() && resumed)) {
      throw new InvalidInputException(
          "%s %s: exists already; name another file, or replace it with %s"
              .formatted(output.named.argument, path, OVERWRITE));
    }
  }

  private static List<Path> written(Output output) {
    List<Path> written = new ArrayList<>(List.of(output.named.path));
    for (String ending : output.promise.beside()) {
      written.add(output.named.path.resolveSibling(output.named.path.getFileName() + ending));
    }
    return written;
  }

  /** A model's card and its side file are read without being named. */
  private static List<Path> beside(Path input) {
    Path name = input.getFileName();
    if (name == null || !Files.isRegularFile(input)) {
      return List.of();
    }
    return Stream.of(
            input.resolveSibling(name.toString().replaceFirst("\\.[^.]*$", "") + CARD),
            input.resolveSibling(name + ".data"))
        .filter(file -> !file.equals(input))
        .toList();
  }

  private static boolean same(Path one, Path other) {
    try {
      return (Files.exists(one) && Files.exists(other))
          ? Files.isSameFile(one, other)
          : real(one).equals(real(other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path with every link in its folder followed; the file itself need not exist. */
  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return (folder == null || !Files.exists(folder))
        ? absolute
        : folder.toRealPath().resolve(absolute.getFileName());
  }

  private static boolean holdsFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      throw new InvalidInputException(folder + ": cannot be listed: " + Reason.of(e), e);
    }
  }

  private static @Nullable Writes promise(ArgSpec argument) {
    return argument.userObject() instanceof Field field ? field.getAnnotation(Writes.class) : null;
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static List<Path> paths(@Nullable Object value) {
    if (value instanceof Path path) {
      return path.toString().isEmpty() ? List.of() : List.of(path);
    }
    return value instanceof List<?> list
        ? list.stream().filter(Path.class::isInstance).map(Path.class::cast).toList()
        : List.of();
  }
}
