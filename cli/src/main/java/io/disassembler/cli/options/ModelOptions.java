package io.disassembler.cli.options;

import io.disassembler.Defaults;
import io.disassembler.Opening;
import io.disassembler.SegmentationNetwork;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.Progress;
import io.disassembler.data.Size;
import io.disassembler.input.FixedInputs;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command works on, and how to run it. */
@HelpSection.In(HelpSection.NETWORK)
public final class ModelOptions {
  @Parameters(index = "0", paramLabel = "MODEL", description = "The trained network, an ONNX file.")
  private Path model = Path.of("");

  @Option(
      names = "--card",
      paramLabel = "FILE",
      description =
          "What the ONNX file does not say (category names, colours, sizes), as YAML; see docs/card.md. Default: MODEL's metadata, or the .yaml next to it.")
  private @Nullable Path card;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      description =
          "Height and width to work at, such as 192x256, of volumes DxHxW, where the model leaves it open. Default: the card's, or 256x256, of volumes 64x64x64.",
      converter = SizeConverter.class)
  private @Nullable Size size;

  @Option(
      names = "--fix",
      paramLabel = "NAME=VALUE",
      description =
          "A constant for an input of MODEL other than the images: one number, or one for each element, separated by commas. May be given several times; sub-networks have it built in.")
  private Map<String, String> fixed = Map.of();

  @Option(
      names = "--output-name",
      paramLabel = "NAME",
      description =
          "The output to work on, where MODEL has several, such as auxiliary heads or several resolutions; what only the others need is left out. Default: the largest for as many categories as the card, or else the first output with spatial axes, has; the first of equal ones.")
  private @Nullable String outputName;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: one for each core.",
      converter = ThreadsConverter.class)
  private int threads = Defaults.threads();

  @Mixin PixelLimitOption pixels = new PixelLimitOption();

  /** The model's file. */
  public Path file() {
    return model;
  }

  /** Number of threads to compute with. */
  public int threads() {
    return threads;
  }

  /** How the model is opened. */
  public Opening opening() {
    return SegmentationNetwork.at(model)
        .card(card)
        .size(size)
        .fix(FixedInputs.parse(fixed))
        .output(outputName)
        .threads(threads)
        .progress(Progress.LISTENER);
  }

  /** Opens the model. */
  public SegmentationNetwork open() {
    return opening().open();
  }

  /** Opens the model where images are at hand, which name its categories if it has no card. */
  public SegmentationNetwork open(ImageOptions images) {
    return opening().legend(images.legend()).open();
  }
}
