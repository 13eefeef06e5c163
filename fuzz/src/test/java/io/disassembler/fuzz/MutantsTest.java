package io.disassembler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.testing.ChildJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that were good but for a field or some bytes: each is used or refused as the user's error,
 * within 10 seconds and 2 GB. {@code -Ddisassembler.mutants=100000} makes so many networks, and and
 * a tenth of each other input; {@code -Ddisassembler.seed=N} makes others.
 */
final class MutantsTest {
  private static final int MUTANTS = Integer.getInteger("disassembler.mutants", 1000);
  private static final long SEED = Long.getLong("disassembler.seed", 1);

  @ParameterizedTest
  @EnumSource
  void areUsedOrRefused(Input input) throws Exception {
    int count = input == Input.NETWORK ? MUTANTS : MUTANTS / 10;
    Path folder = Files.createDirectories(Path.of("target/mutants").resolve(input.id()));
    List<String> said = new ArrayList<>();
    for (int first = 0; first < count; ) {
      Process run =
          ChildJava.start(
              Target.JAVA,
              MutantRun.class.getName(),
              input.id(),
              Long.toString(SEED),
              Integer.toString(first),
              Integer.toString(count - first),
              folder.toString());
      run.inputReader().lines().forEach(said::add);
      int code = run.waitFor();
      int reached = reached(folder);
      if (code != 0 && code != MutantRun.HUNG) {
        said.add("FOUND exit code %d at mutant %d".formatted(code, reached));
      }
      first = code == 0 ? count : reached + 1;
    }
    System.out.printf("%s: %d mutants of seed %d: %s%n", input.id(), count, SEED, said);

    assertThat(said)
        .as("seed %d; what was found is in %s", SEED, folder.toAbsolutePath())
        .noneMatch(line -> line.startsWith("FOUND"));
  }

  private static int reached(Path folder) throws IOException {
    return Integer.parseInt(Files.readString(folder.resolve(MutantRun.PROGRESS)));
  }
}
