package io.disassembler.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.training.EpochReport;
import io.disassembler.training.ValidationResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {
  private static final long MINUTE = 60_000_000_000L;

  @Test
  void theTimeLeftIsThatOfTheStepsLeft() {
    assertThat(line(0)).endsWith("  4.0 images/s  10.0 min, 3.3 min left");
  }

  @Test
  void whatAnEarlierSessionDidSaysNothingAboutThePace() {
    assertThat(line(0.5))
        .isEqualTo(
            "epoch 3/4  loss 0.2500  validation mIoU 0.5000  4.0 images/s  10.0 min, 10.0 min left");
  }

  /** Ten minutes after a session began at {@code before}, three of four epochs are done. */
  private static String line(double before) {
    StringWriter text = new StringWriter();
    Iterator<Long> times = List.of(5 * MINUTE, 15 * MINUTE).iterator();
    try (TrainingProgress progress =
        new TrainingProgress(new PrintWriter(text), Path.of("net.onnx"), 4, times::next)) {
      progress.started(before);
      ValidationResult half = new ValidationResult(List.of(0.5));
      progress.epochEnded(new EpochReport(3, 0.25, 1e-3, half, false, 2, 8, 0.75));
    }
    return text.toString().strip();
  }
}
