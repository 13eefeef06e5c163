package io.disassembler.cli;

import io.disassembler.attribution.Checkpoint;
import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.onnx.ModelDigest;
import io.disassembler.profile.Profile;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The images to profile over, and how. */
final class ProfilingOptions {
  @Mixin ImageOptions images = new ImageOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Images in one pass, where the model leaves it open. Default: ${DEFAULT-VALUE}.")
  int batch = 1;

  @Option(
      names = "--threshold",
      paramLabel = "TAU",
      defaultValue = "0.9",
      description =
          "Confidence threshold: the probability from which a prediction counts as confident. Default: ${DEFAULT-VALUE}.")
  double threshold = ProfilingSettings.DEFAULT_THRESHOLD;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "Where to compute: cpu, cuda or cuda:INDEX. Default: ${DEFAULT-VALUE}.")
  String device = "cpu";

  /** Profiles {@code model} over the images. */
  Profile profile(LoadedModel model, NetworkCard card, Checkpoint checkpoint) {
    ProfilingSettings settings =
        new ProfilingSettings(threshold, images.seed, batch, images.keepGoing, device);
    ProfilingRun run =
        new ProfilingRun(
            model.anatomy(), model.input(), card, ModelDigest.sha256(model.file()), settings);
    List<Sample> samples = images.samples();
    try (Progress progress = new Progress("Profiling", samples.size())) {
      return run.run(samples, checkpoint, progress::update);
    }
  }
}
