package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.training.EpochReport;
import io.disassembler.training.ValidationResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

  @Test
  void theTimeLeftIsThatOfTheStepsLeft() {
    assertThat(TrainingProgress.left(10, 0, 0.25)).isEqualTo(30);
    assertThat(TrainingProgress.left(10, 0, 1)).isZero();
  }

  @Test
  void whatAnEarlierSessionDidSaysNothingAboutThePace() {
    assertThat(TrainingProgress.left(10, 0.5, 0.75)).isEqualTo(10);
    StringWriter text = new StringWriter();
    try (TrainingProgress progress =
        new TrainingProgress(new PrintWriter(text), Path.of("net.onnx"), 4)) {
      progress.started(0.5);
      progress.epochEnded(
          new EpochReport(3, 0.25, 1e-3, new ValidationResult(List.of(0.5)), false, 2, 8, 0.75));
    }
    assertThat(text.toString())
        .startsWith("epoch 3/4  loss 0.2500  validation mIoU 0.5000  4.0 images/s");
  }
}
