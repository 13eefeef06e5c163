package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.data.PixelLimit;
import picocli.CommandLine.Option;

/** How large images may be, for the whole process. */
@HelpSection.In(HelpSection.NETWORK)
public final class PixelLimitOption {

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "How many pixels an image, a mask or MODEL's input may have; what says it has more is not read. Default: 178956970, or fewer where Java has little memory.")
  void limit(long pixels) {
    if (pixels < 1) {
      throw new InvalidInputException("--max-pixels: expected at least 1, found " + pixels);
    }
    System.setProperty(PixelLimit.PROPERTY, Long.toString(pixels));
  }
}
