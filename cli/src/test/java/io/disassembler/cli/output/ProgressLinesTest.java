package io.disassembler.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  @Test
  void aLineIsSaidEveryTenSeconds() {
    AtomicLong seconds = new AtomicLong();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressLines lines =
        new ProgressLines(
            "Profiling",
            10,
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            () -> seconds.get() * 1_000_000_000);

    for (int done = 11; done <= 50; done++) {
      seconds.incrementAndGet();
      lines.update(done, 50);
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Profiling: 20 of 50 (40 %) after 10 s, about 30 s left",
            "Profiling: 30 of 50 (60 %) after 20 s, about 20 s left",
            "Profiling: 40 of 50 (80 %) after 30 s, about 10 s left",
            "Profiling: 50 of 50 (100 %) after 40 s, about 0 s left");
  }
}
