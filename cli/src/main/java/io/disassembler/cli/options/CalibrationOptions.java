package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.Progress;
import io.disassembler.data.DataSet;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.extraction.CalibrationImages;
import io.disassembler.recovery.Calibration;
import java.util.List;
import picocli.CommandLine.Option;

/** The images that closed-loop recovery follows. */
public final class CalibrationOptions {
  private static final int FEWEST = 8;

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      defaultValue = "48",
      description =
          "Images that closed-loop recovery follows through both networks, drawn with --seed; no labels needed; at least 8. Default: ${DEFAULT-VALUE}.")
  private int count = 48;

  /** Draws some of {@code images} as {@code options} say and runs the full network on them. */
  public Calibration load(
      LoadedModel model, NetworkCard card, DataSet images, ImageOptions options) {
    if (count < FEWEST) {
      throw new InvalidInputException(
          "--calibrate: expected at least %d images, found %d".formatted(FEWEST, count));
    }
    List<Sample> samples = ImageOptions.drawn(images, count, options.seed());
    try (Progress progress = new Progress("Calibrating", samples.size())) {
      return CalibrationImages.load(
          model.anatomy(), model.input(), card, samples, options.keepGoing(), progress::update);
    }
  }
}
