package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.graph.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyTest {
  private final Path folder;

  LatencyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void interpolatesQuartilesOfTimesInAnyOrder() {
    Latency latency = Latency.of(List.of(4_000_000L, 1_000_000L, 3_000_000L, 2_000_000L));

    assertThat(latency).isEqualTo(new Latency(1.75, 2.5, 3.25, 4));
    assertThat(latency.ratioTo(new Latency(1, 10, 20, 4))).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void measuresEveryModelInEveryRound() {
    Path file = TinyModels.write(TinyModels.randomScores(3, 1), folder.resolve("tiny.onnx"));
    try (OnnxRuntimeModel first = OnnxRuntimeModel.open(file, 1);
        OnnxRuntimeModel second = OnnxRuntimeModel.open(file, 1);
        InputTensor input = new InputTensor(Shape.of(1, 3, 32, 32))) {
      List<Latency> latencies =
          Latency.measure(List.of(first, second), input, new LatencySettings(1, 7, Duration.ZERO));

      assertThat(latencies)
          .hasSize(2)
          .allSatisfy(
              latency -> {
                assertThat(latency.rounds()).isEqualTo(7);
                assertThat(latency.lowerQuartileMs()).isPositive();
                assertThat(latency.medianMs())
                    .isBetween(latency.lowerQuartileMs(), latency.upperQuartileMs());
              });
    }
  }

  @Test
  void goesOnUntilTheTimeHasPassed() {
    Path file = TinyModels.write(TinyModels.randomScores(3, 1), folder.resolve("tiny.onnx"));
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1);
        InputTensor input = new InputTensor(Shape.of(1, 3, 1, 1))) {
      long start = System.nanoTime();
      Latency.measure(List.of(model), input, new LatencySettings(0, 1, Duration.ofMillis(50)));

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    }
  }
}
