package io.disassembler.cli.options;

import io.disassembler.CalibrationSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.training.DecisionTuner;
import io.disassembler.training.TrainingCheckpoint;
import io.disassembler.training.TuningLength;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long tuned recovery trains. */
public final class TuningOptions {
  @Option(
      names = "--minutes",
      paramLabel = "M",
      description =
          "With --recovery tuned: time for its training, asking the full network included. Default: 3.")
  private @Nullable Double minutes;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "With --recovery tuned: train for N steps of four images instead, whatever time they take; the same steps give the same bytes.")
  private @Nullable Integer steps;

  @Option(
      names = "--resume",
      description =
          "With --recovery tuned: go on where training with the same options was stopped (FILE.checkpoint, written ten times); the result is that of a run in one go.")
  private boolean resume;

  /**
   * Refuses options that nothing would come of.
   *
   * @param tuned whether there is training
   */
  public void requireUse(boolean tuned) {
    if (!tuned && (minutes != null || steps != null || resume)) {
      throw new InvalidInputException(
          "%s: expected --recovery tuned with it"
              .formatted(minutes != null ? "--minutes" : steps != null ? "--steps" : "--resume"));
    }
    if (minutes != null && steps != null) {
      throw new InvalidInputException("expected either --minutes or --steps, found both");
    }
  }

  /** Where training saves its state. */
  public TrainingCheckpoint checkpoint(Path output) {
    return TrainingCheckpoint.beside(output, resume);
  }

  /** Trains towards what {@code full} decides on {@code images}. */
  public DecisionTuner tuner(
      SegmentationNetwork full, CalibrationSet images, TrainingCheckpoint checkpoint) {
    TuningLength length =
        steps != null
            ? TuningLength.ofSteps(steps)
            : TuningLength.ofMinutes(minutes == null ? TuningLength.MINUTES : minutes);
    return DecisionTuner.of(full, images).lasting(length).savingTo(checkpoint);
  }
}
