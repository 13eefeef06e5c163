package io.disassembler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.base.Sha256;
import io.disassembler.testing.ChildJava;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets Jazzer look for files that reach new code and break it, for {@code -Dfuzz.seconds} of each
 * input, two at a time; without, until somebody stops it. What it learned and what it found stays
 * in {@code target/fuzz}; a failure shows the file, in base 64, and what it broke, since that
 * folder may be gone with the machine. It draws as {@code -Dfuzz.seed} says, so that who builds a
 * commit again looks where others did; without, anew every time.
 */
@Tag("fuzzing")
final class FuzzingTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);

  /** 0 is drawn by Jazzer itself. */
  private static final long SEED = Long.getLong("fuzz.seed", 0);

  /** Of a Java error, and of the file that broke it. */
  private static final int LINES = 30;

  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  void breaksOnNothing(Input input, @TempDir Path folder) throws Exception {
    Path work = Path.of("target/fuzz").resolve(input.id()).toAbsolutePath();
    Path corpus = Files.createDirectories(work.resolve("corpus"));
    Path found = Files.createDirectories(work.resolve("found"));
    writeSeeds(input, corpus, folder);
    Path log = work.resolve("log");

    Process jazzer =
        ChildJava.program(
                Target.JAVA,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzer.class.getName(),
                "--target_args=" + input.id(),
                "--instrumentation_includes=io.disassembler.**",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + "/",
                "-seed=" + SEED,
                "-max_total_time=" + SECONDS,
                "-timeout=20",
                "-rss_limit_mb=4096",
                corpus.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(jazzer.waitFor())
        .as(() -> "see %s; what it found is in %s%n%s".formatted(log, found, shown(log, found)))
        .isZero();
  }

  private static String shown(Path log, Path found) {
    try (Stream<Path> files = Files.list(found)) {
      List<String> shown =
          Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
              .dropWhile(line -> !line.startsWith("=="))
              .filter(line -> !line.startsWith("frame #"))
              .limit(LINES)
              .collect(Collectors.toCollection(ArrayList::new));
      for (Path file : files.filter(file -> !file.toString().endsWith(".java")).toList()) {
        shown.add(file + " " + Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
      }
      return String.join("\n", shown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All seeds, or as many, drawn anew every time, as there are seconds: using them takes time. */
  private static void writeSeeds(Input input, Path corpus, Path folder) throws IOException {
    List<byte[]> seeds = new ArrayList<>(input.target(Bench.in(folder)).seeds());
    Collections.shuffle(seeds, SEED == 0 ? new Random() : new Random(SEED));
    for (byte[] seed :
        seeds.subList(0, SECONDS == 0 ? seeds.size() : Math.min(SECONDS, seeds.size()))) {
      Files.write(corpus.resolve(Sha256.of(seed)), seed);
    }
  }
}
