package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.ChildJava;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSoakTest {
  private static final int STEPS = 18_000;
  private static final int EVERY = 1_500;

  // A tensor forgotten in each step takes several hundred bytes; Java itself grows by a page at
  // times.
  private static final long TOLERATED = 100L * EVERY;

  @ParameterizedTest
  @CsvSource({"ADAMW,labels", "SGD,teacher"})
  void memoryDoesNotGrowWithTheNumberOfSteps(String optimizer, String objective) throws Exception {
    Process soak =
        ChildJava.start(
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.nopointergc=true"),
            TrainingSoak.class.getName(),
            optimizer,
            objective,
            "" + STEPS,
            "" + EVERY);
    List<Long> bytes = soak.inputReader().lines().map(Long::parseLong).toList();
    assertThat(soak.waitFor()).isZero();
    assertThat(bytes).hasSize(STEPS / EVERY);
    // What leaks does so all the time; what libtorch and Java keep for themselves comes at times.
    List<Long> growth =
        IntStream.range(1, bytes.size())
            .mapToObj(i -> bytes.get(i) - bytes.get(i - 1))
            .sorted()
            .toList();
    assertThat(growth.get(growth.size() / 2))
        .as("median growth in bytes over %d steps: %s", EVERY, bytes)
        .isLessThan(TOLERATED);
  }
}
