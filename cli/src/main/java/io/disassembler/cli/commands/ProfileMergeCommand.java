package io.disassembler.cli.commands;

import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.ProfileSummary;
import io.disassembler.cli.output.Writes;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.profile.ProfileMerge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Joins profiles of different images of one network. */
@Command(
    name = ProfileMergeCommand.NAME,
    mixinStandardHelpOptions = true,
    description =
        "Joins profiles that were made of one network with the same settings and of different images, such as the shards of profile --shard. The same profiles give the same bytes, whatever their order.")
public final class ProfileMergeCommand implements Callable<Integer> {
  /** What it is called, in two words. */
  public static final String NAME = "profile merge";

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "PROFILE", arity = "1..*", description = "Profiles (HDF5).")
  List<Path> profiles = new ArrayList<>();

  @Writes
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the joined profile goes, such as model.profile.h5.")
  Path output = Path.of("");

  @Option(
      names = "--copies",
      description =
          "Let images in different profiles count that have different names but show the same.")
  boolean copies;

  @Writes
  @Option(names = "--json", paramLabel = "FILE", description = "Also write the summary as JSON.")
  @Nullable Path json;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Profile profile = ProfileMerge.of(profiles).copiesCount(copies).run();
    ProfileFile.write(profile, output);
    double seconds = (System.nanoTime() - start) / 1e9;
    new ProfileSummary(output, profile, seconds).print(Console.out(spec), json);
    return 0;
  }
}
