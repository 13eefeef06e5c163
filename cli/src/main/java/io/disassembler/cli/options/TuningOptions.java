package io.disassembler.cli.options;

import io.disassembler.CalibrationSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.training.DecisionTuner;
import io.disassembler.training.TuningLength;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long tuned recovery trains. */
@HelpSection.In(HelpSection.RECOVERY)
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

  /**
   * Refuses options that nothing would come of, or that cannot be.
   *
   * @param tuned whether there is training
   * @param images whether there are images
   * @param planned whether a plan says what there is
   */
  public void require(boolean tuned, boolean images, boolean planned) {
    String length = minutes != null ? "--minutes" : steps != null ? "--steps" : "";
    if (planned && !length.isEmpty()) {
      throw new InvalidInputException(
          length + ": a plan says how long there is training; leave it out");
    }
    if (!tuned && !planned && !length.isEmpty()) {
      throw new InvalidInputException(length + ": expected --recovery tuned with it");
    }
    if (minutes != null && steps != null) {
      throw new InvalidInputException("expected either --minutes or --steps, found both");
    }
    if (tuned && !images) {
      throw new InvalidInputException(
          "--recovery tuned: expected --images DIR, images to learn from; no masks needed");
    }
    TuningLength unused = length();
  }

  private TuningLength length() {
    if (steps != null) {
      return TuningLength.ofSteps(steps);
    }
    return TuningLength.ofMinutes(minutes == null ? TuningLength.MINUTES : minutes);
  }

  /** Trains towards what {@code full} decides on {@code images}. */
  public DecisionTuner tuner(
      SegmentationNetwork full, CalibrationSet images, StateCheckpoint checkpoint) {
    return DecisionTuner.of(full, images).lasting(length()).savingTo(checkpoint);
  }
}
