package io.disassembler.cli.commands;

import io.disassembler.ImageSet;
import io.disassembler.ProfileRequest;
import io.disassembler.SegmentationNetwork;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ProfilingOptions;
import io.disassembler.cli.options.ShardConverter;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.ProfileSummary;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.Shard;
import io.disassembler.profile.Profile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns from images which kernels each category relies on. */
@Command(
    name = "profile",
    mixinStandardHelpOptions = true,
    description =
        "Learns from images, with or without masks, which kernels each category relies on, in one pass. Everything that extract needs is in the profile (HDF5); any number of sub-networks can be cut with it.")
public final class ProfileCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ProfilingOptions profiling = new ProfilingOptions();

  @Writes(beside = ProfileRequest.PARTIAL)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the profile goes, such as model.profile.h5.")
  Path output = Path.of("");

  @Option(
      names = "--resume",
      description =
          "Go on where a run with the same options was stopped (FILE.partial); no image counts twice.")
  boolean resume;

  @Option(
      names = "--shard",
      paramLabel = "K/N",
      description =
          "Only the Kth of N shares of the images, such as 3/16, by their names; profile merge joins the profiles.",
      converter = ShardConverter.class)
  @Nullable Shard shard;

  @Writes
  @Option(names = "--json", paramLabel = "FILE", description = "Also write the summary as JSON.")
  @Nullable Path json;

  private ImageSet images() {
    ImageSet chosen = profiling.images().set();
    return shard == null ? chosen : chosen.shard(shard);
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    SegmentationNetwork network =
        options.opening().legend(profiling.images().legend()).device(profiling.device()).open();
    Profile profile = profiling.request(network, images()).runTo(output, resume);
    double seconds = (System.nanoTime() - start) / 1e9;
    new ProfileSummary(output, profile, seconds).print(Console.out(spec), json);
    return 0;
  }
}
