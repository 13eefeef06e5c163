package io.disassembler.cli.options;

import io.disassembler.Defaults;
import io.disassembler.ImageSet;
import io.disassembler.ProfileRequest;
import io.disassembler.SegmentationNetwork;
import io.disassembler.cli.output.HelpSection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The images to profile over, and how. */
@HelpSection.In(HelpSection.PROFILE)
public final class ProfilingOptions {
  @Mixin private ImageOptions images = new ImageOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Images in one pass, where the model leaves it open. Default: ${DEFAULT-VALUE}.")
  private int batch = 1;

  @Option(
      names = "--threshold",
      paramLabel = "TAU",
      defaultValue = "0.9",
      description =
          "Confidence threshold: the probability from which a prediction counts as confident. Default: ${DEFAULT-VALUE}.")
  private double threshold = Defaults.THRESHOLD;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description =
          "Where to compute: cpu, cuda or cuda:INDEX (built with ./mvnw -Pcuda). Default: ${DEFAULT-VALUE}.")
  private String device = "cpu";

  /** The images. */
  public ImageOptions images() {
    return images;
  }

  /** Where to compute. */
  public String device() {
    return device;
  }

  /** Asks for a profile of {@code network} over {@code chosen}. */
  public ProfileRequest request(SegmentationNetwork network, ImageSet chosen) {
    return network.profile(chosen).threshold(threshold).batch(batch);
  }
}
