package io.disassembler.cli.options;

import io.disassembler.ExtractRequest;
import io.disassembler.ImageSet;
import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the sub-network must measure up to, instead of how much is kept. */
@HelpSection.In(HelpSection.KEPT)
public final class RequirementOptions {

  @Option(
      names = "--min-retention",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "Look for the smallest network whose every category keeps at least this share of its IoU on the images in --validation, with 90 %% confidence; cuts and measures about eight.")
  private @Nullable Double minRetention;

  @Option(
      names = "--max-latency-ms",
      paramLabel = "MS",
      description =
          "Look for the largest network that takes at most so long for one image, on this machine, in ONNX Runtime with --threads. With --min-retention: refuse a network that takes longer.")
  private @Nullable Double maxLatency;

  @Option(
      names = "--keep-latency",
      paramLabel = "SHARE",
      converter = ShareConverter.class,
      description =
          "The same for a share of the full network's time, both measured in turn, such as 0.5.")
  private @Nullable Double keptLatency;

  @Option(
      names = "--validation",
      paramLabel = "DIR",
      description =
          "Images to measure --min-retention on, and for the --report; those that were profiled are left out.")
  private @Nullable String validation;

  @Option(
      names = "--validation-masks",
      paramLabel = "DIR",
      description =
          "Their masks. Without them IoU is agreement with the full network's prediction.")
  private @Nullable Path validationMasks;

  private @Nullable ImageSet opened;

  /**
   * Refuses images that nothing would be measured on.
   *
   * @param reported whether there is a report for them
   */
  public void requireUse(boolean reported) {
    if (validation == null && validationMasks != null) {
      throw new InvalidInputException("--validation-masks: expected --validation DIR with it");
    }
    if (validation != null && minRetention == null && !reported) {
      throw new InvalidInputException(
          "--validation: expected --min-retention SHARE or --report FILE with it; nothing is measured otherwise");
    }
  }

  /** Says how a report would show how good the sub-network is, if it does not. */
  public void sayWhatIsLacking(PrintWriter out) {
    if (validation == null) {
      out.println(
          "The report says nothing of IoU: expected --validation DIR (and --validation-masks DIR), images that were not profiled");
      out.flush();
    }
  }

  /** True if something is required. */
  public boolean given() {
    return minRetention != null || maxLatency != null || keptLatency != null;
  }

  /** Asks for what is required. */
  public void addTo(ExtractRequest request) {
    if (minRetention != null) {
      request.minRetention(
          minRetention,
          validation()
              .orElseThrow(
                  () ->
                      new InvalidInputException(
                          "--min-retention: expected --validation DIR, images that were not profiled, to measure it on")));
    }
    if (maxLatency != null) {
      request.maxLatency(maxLatency);
    }
    if (keptLatency != null) {
      request.keepLatency(keptLatency);
    }
  }

  /** Whether images held out decide how much is kept. */
  public boolean decides() {
    return minRetention != null;
  }

  /** Images to measure on; empty if there are none. */
  public Optional<ImageSet> validation() {
    if (opened == null && validation != null) {
      opened = ImageSet.open(validation, validationMasks);
    }
    return Optional.ofNullable(opened);
  }
}
