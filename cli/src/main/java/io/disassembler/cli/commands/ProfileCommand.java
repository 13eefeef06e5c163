package io.disassembler.cli.commands;

import io.disassembler.ImageSet;
import io.disassembler.ProfileRequest;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ProfilingOptions;
import io.disassembler.cli.options.ShardConverter;
import io.disassembler.cli.options.SparkOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.ProfileSummary;
import io.disassembler.cli.output.Provenance;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.Shard;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.search.StableProfile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        "Learns from images, with or without masks, which kernels each category relies on, in one pass. Everything that extract needs is in the profile (HDF5); any number of sub-networks can be cut with it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler profile model.onnx --images photos --output model.profile.h5",
      "  disassembler profile model.onnx --images folders:camvid:train --limit 100 \\",
      "      --output model.profile.h5",
      "  disassembler profile model.onnx --images photos --output model.profile.h5 \\",
      "      --resume",
      "  disassembler profile model.onnx --images photos --categories car,pedestrian \\",
      "      --output model.profile.h5"
    })
public final class ProfileCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ProfilingOptions profiling = new ProfilingOptions();

  @HelpSection.In(HelpSection.PROFILE)
  @Option(
      names = {"-c", "--categories"},
      paramLabel = "NAMES",
      description =
          "Only what sub-networks of these categories need, such as car,pedestrian, which takes less time; names or numbers. Default: all.")
  @Nullable String categories;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(beside = ProfileRequest.PARTIAL)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the profile goes, such as model.profile.h5.")
  Path output = Path.of("");

  @HelpSection.In(HelpSection.OUTPUT)
  @Option(
      names = "--resume",
      description =
          "Go on where a run with the same options was stopped (FILE.partial); no image counts twice.")
  boolean resume;

  @Mixin SparkOptions spark = new SparkOptions();

  @Mixin JsonOption json = new JsonOption();

  @HelpSection.In(HelpSection.IMAGES)
  @Option(
      names = "--shard",
      paramLabel = "K/N",
      description =
          "Only the Kth of N shares of the images, such as 3/16, by their names; profile merge joins the profiles.",
      converter = ShardConverter.class)
  @Nullable Shard shard;

  @HelpSection.In(HelpSection.IMAGES)
  @Option(
      names = "--until",
      paramLabel = "stable",
      completionCandidates = Untils.class,
      description =
          "Take the images in a random order, and only as many as it needs: until two halves of those taken keep the same channels for each category at half and a quarter of the MACs. Default: all of them.")
  @Nullable Until until;

  private Profile untilStable(ProfileRequest request, PrintWriter out) {
    StableProfile stable = request.untilStable();
    ProfileFile.write(stable.profile(), output);
    out.println(stable.text());
    return stable.profile();
  }

  private int onSpark() {
    long start = System.nanoTime();
    int code = SparkSubmit.run(spark, spec, "io.disassembler.spark.SparkProfile");
    if (code == 0 && json.given()) {
      Profile profile = ProfileFile.read(output);
      new ProfileSummary(output, profile, (System.nanoTime() - start) / 1e9)
          .write(json, Provenance.Images.of(profiling.images().typed(), profile));
    }
    return code;
  }

  private ProfileRequest request(SegmentationNetwork network) {
    ProfileRequest all = profiling.request(network, images());
    return categories == null ? all : all.only(categories.split(",", -1));
  }

  private ImageSet images() {
    ImageSet chosen = profiling.images().set();
    return shard == null ? chosen : chosen.shard(shard);
  }

  /** What there is to wait for. */
  enum Until {
    STABLE
  }

  /** The same as it is typed. */
  static final class Untils extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Untils() {
      super(List.of("stable"));
    }
  }

  @Override
  public Integer call() {
    if (spark.given()) {
      return onSpark();
    }
    if (until != null && resume) {
      throw new InvalidInputException(
          "--until stable saves nothing on the way that could be gone on from; leave --resume out");
    }
    long start = System.nanoTime();
    SegmentationNetwork network =
        options.opening().legend(profiling.images().legend()).device(profiling.device()).open();
    ProfileRequest request = request(network);
    PrintWriter out = Console.out(spec);
    Profile profile = until == null ? request.runTo(output, resume) : untilStable(request, out);
    double seconds = (System.nanoTime() - start) / 1e9;
    new ProfileSummary(output, profile, seconds)
        .print(out, json, Provenance.Images.of(profiling.images().all().name(), profile));
    return 0;
  }
}
