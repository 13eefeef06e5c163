package io.disassembler.spark;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.Checkpoint;
import io.disassembler.data.Sample;
import io.disassembler.input.FixedInputs;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.spark.SentNetworks.Opened;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Profiles a network over the images of a shard; what comes of it is a profile.
 *
 * @param threshold tau
 * @param seed noted in the profile
 * @param batch images in one pass
 * @param labelled whether masks count
 * @param categories those that are profiled, by their numbers; all if none is named
 */
record ProfilingWork(
    SentNetworks networks,
    double threshold,
    long seed,
    int batch,
    boolean labelled,
    List<Integer> categories)
    implements ShardWork {

  @Override
  public List<Object> settings() {
    return List.of("profile", threshold, seed, batch, labelled, categories);
  }

  @Override
  public String ending() {
    return ".h5";
  }

  @Override
  public Function<List<Sample>, Outcome> with(Opened opened) {
    // Of broken images the driver judges, who knows of all.
    ProfilingSettings settings =
        new ProfilingSettings(threshold, seed, batch, true, "cpu").only(categories);
    ProfilingRun run =
        new ProfilingRun(
            opened.full().anatomy(),
            opened.full().input(),
            opened.full().card(),
            networks.sha256().get(0),
            FixedInputs.sha256(networks.fixed()),
            settings);
    return samples ->
        new Profiled(run.run(samples, labelled, Checkpoint.none(), (done, total) -> {}));
  }

  private record Profiled(Profile profile) implements Outcome {
    @Override
    public int counted() {
      return profile.images().size();
    }

    @Override
    public String write(Path file) {
      ProfileFile.write(profile, file);
      return profile.sha256();
    }
  }
}
