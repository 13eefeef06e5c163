package io.disassembler.fuzz;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.NotEnoughMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Jazzer calls: {@code --target_args=INPUT}. */
public final class Fuzzer {
  private static @Nullable Target target;
  private static Path file = Path.of("");

  private Fuzzer() {}

  /** Called once, with the input's name. */
  public static void fuzzerInitialize(String[] arguments) throws IOException {
    Input input = Input.of(arguments[0]);
    Path folder = Files.createTempDirectory("fuzz");
    target = input.target(Bench.in(folder));
    file = folder.resolve(input.file());
    // The classes are loaded before any time is taken.
    fuzzerTestOneInput(target.seeds().get(0));
  }

  /** Called for every file that Jazzer makes. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      Objects.requireNonNull(target).use(file);
    } catch (InvalidInputException | NotEnoughMemoryException e) {
      // As it should be.
    }
  }
}
