package io.disassembler.cli;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DataSet;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.extraction.CalibrationImages;
import io.disassembler.recovery.Calibration;
import java.util.List;
import picocli.CommandLine.Option;

/** The images that closed-loop recovery follows. */
final class CalibrationOptions {
  private static final int FEWEST = 8;

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      defaultValue = "48",
      description =
          "Images that closed-loop recovery follows through both networks, drawn with --seed; no labels needed; at least 8. Default: ${DEFAULT-VALUE}.")
  int count = 48;

  /** Draws images and runs the full network on them. */
  Calibration load(LoadedModel model, NetworkCard card, ImageOptions images) {
    if (count < FEWEST) {
      throw new InvalidInputException(
          "--calibrate: expected at least %d images, found %d".formatted(FEWEST, count));
    }
    DataSet all = images.all();
    List<Sample> samples =
        count >= all.samples().size() ? all.samples() : all.sample(count, images.seed);
    try (Progress progress = new Progress("Calibrating", samples.size())) {
      return CalibrationImages.load(
          model.anatomy(), model.input(), card, samples, images.keepGoing, progress::update);
    }
  }
}
