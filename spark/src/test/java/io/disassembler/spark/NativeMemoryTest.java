package io.disassembler.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  private static final NativeMemory MEMORY = new NativeMemory(400L << 20, 1000L << 20);

  private static String advice(int tasks, OptionalLong told) {
    return MEMORY.advice(tasks, told);
  }

  @Test
  void growsWithTheTasksAtATime() {
    assertThat(advice(1, OptionalLong.empty()))
        .isEqualTo(
            "an executor with 1 task at a time takes up to 1400 MB beside Java's heap: spark.executor.memoryOverhead=1400m; it is not set");
    assertThat(advice(2, OptionalLong.empty()))
        .contains("2 tasks at a time", "memoryOverhead=2400m");
  }

  @Test
  void saysWhereSparkWasToldLess() {
    assertThat(advice(1, OptionalLong.of(1024))).endsWith("1400m; it is 1024m now");
    assertThat(advice(1, OptionalLong.of(2048))).endsWith("memoryOverhead=1400m");
  }
}
