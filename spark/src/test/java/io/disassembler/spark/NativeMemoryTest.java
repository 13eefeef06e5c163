package io.disassembler.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
  private static final NativeMemory MEMORY = new NativeMemory(400L << 20, 1000L << 20);

  private static String advice(String... settings) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return MEMORY.advice(conf);
  }

  @Test
  void growsWithTheTasksAtATime() {
    assertThat(advice())
        .isEqualTo(
            "an executor with 1 task at a time takes up to 1400 MB beside Java's heap: spark.executor.memoryOverhead=1400m; it is not set");
    assertThat(advice("spark.executor.cores", "8", "spark.task.cpus", "4"))
        .contains("2 tasks at a time", "memoryOverhead=2400m");
  }

  @Test
  void saysWhereSparkWasToldLess() {
    assertThat(advice("spark.executor.memoryOverhead", "1g")).endsWith("1400m; it is 1g now");
    assertThat(advice("spark.executor.memoryOverhead", "2g")).endsWith("memoryOverhead=1400m");
  }
}
