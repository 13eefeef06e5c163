package io.disassembler.cli.options;

import io.disassembler.attribution.Checkpoint;
import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.cli.output.Progress;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.profile.Profile;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The images to profile over, and how. */
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
          "Probability from which a prediction counts as confident. Default: ${DEFAULT-VALUE}.")
  private double threshold = ProfilingSettings.DEFAULT_THRESHOLD;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "Where to compute: cpu, cuda or cuda:INDEX. Default: ${DEFAULT-VALUE}.")
  private String device = "cpu";

  /** The images. */
  public ImageOptions images() {
    return images;
  }

  /** Profiles {@code model} over {@code samples}. */
  public Profile profile(
      LoadedModel model, NetworkCard card, List<Sample> samples, Checkpoint checkpoint) {
    ProfilingSettings settings =
        new ProfilingSettings(threshold, images.seed(), batch, images.keepGoing(), device);
    ProfilingRun run =
        new ProfilingRun(
            model.anatomy(), model.input(), card, ModelDigest.sha256(model.file()), settings);
    try (Progress progress = new Progress("Profiling", samples.size())) {
      return run.run(samples, checkpoint, progress::update);
    }
  }
}
