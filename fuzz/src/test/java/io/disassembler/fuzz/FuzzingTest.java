package io.disassembler.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.base.Sha256;
import io.disassembler.testing.ChildJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets Jazzer look for files that reach new code and break it, for {@code -Dfuzz.seconds} of each
 * input, two at a time; without, until somebody stops it. What it learned and what it found stays
 * in {@code target/fuzz}.
 */
@Tag("fuzzing")
final class FuzzingTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 0);

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
                "-max_total_time=" + SECONDS,
                "-timeout=20",
                "-rss_limit_mb=4096",
                corpus.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();

    assertThat(jazzer.waitFor()).as("see %s; what it found is in %s", log, found).isZero();
  }

  /** All seeds, or as many, drawn anew every time, as there are seconds: using them takes time. */
  private static void writeSeeds(Input input, Path corpus, Path folder) throws IOException {
    List<byte[]> seeds = new ArrayList<>(input.target(Bench.in(folder)).seeds());
    Collections.shuffle(seeds);
    for (byte[] seed :
        seeds.subList(0, SECONDS == 0 ? seeds.size() : Math.min(SECONDS, seeds.size()))) {
      Files.write(corpus.resolve(Sha256.of(seed)), seed);
    }
  }
}
