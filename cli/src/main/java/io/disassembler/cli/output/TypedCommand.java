package io.disassembler.cli.output;

import io.disassembler.report.Reproduction;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A command as it is typed. */
public final class TypedCommand {
  private TypedCommand() {}

  /** The whole line, quoted for a shell. */
  public static String of(@Nullable CommandSpec spec) {
    return of(
        spec == null
            ? List.of()
            : spec.root().commandLine().getParseResult().originalArgs().stream()
                .flatMap(word -> command(word, spec))
                .toList());
  }

  /** A command of two words was read as one. */
  private static Stream<String> command(String word, CommandSpec spec) {
    return word.equals(spec.name()) ? Arrays.stream(word.split(" ", -1)) : Stream.of(word);
  }

  /** The line that calls Disassembler with {@code arguments}, quoted for a shell. */
  public static String of(List<String> arguments) {
    return "disassembler "
        + arguments.stream()
            .map(word -> word.matches("[\\w./,:=@%+-]+") ? word : quoted(word))
            .collect(Collectors.joining(" "));
  }

  /** What it takes to run it again. */
  public static Reproduction reproduction(@Nullable CommandSpec spec) {
    return new Reproduction(of(spec), Path.of("").toAbsolutePath());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
