package io.disassembler.cli.options;

import io.disassembler.CalibrationSet;
import io.disassembler.Defaults;
import io.disassembler.ImageSet;
import io.disassembler.cli.output.HelpSection;
import picocli.CommandLine.Option;

/** The images that closed-loop recovery follows. */
@HelpSection.In(HelpSection.RECOVERY)
public final class CalibrationOptions {
  @Option(
      names = "--calibrate",
      paramLabel = "N",
      defaultValue = "48",
      description =
          "Images that closed-loop recovery follows through both networks, drawn with --seed, some of each chosen category as far as the profile knows; no labels needed; at least 8. Default: ${DEFAULT-VALUE}.")
  private int count = Defaults.CALIBRATION_IMAGES;

  /** Some of {@code images}. */
  public CalibrationSet of(ImageSet images) {
    return new CalibrationSet(images, count);
  }
}
