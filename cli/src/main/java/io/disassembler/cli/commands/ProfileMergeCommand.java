package io.disassembler.cli.commands;

import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.ProfileSummary;
import io.disassembler.cli.output.Provenance;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Joins profiles of different images of one network. */
@Command(
    name = ProfileMergeCommand.NAME,
    mixinStandardHelpOptions = true,
    description =
        "Joins profiles that were made of one network with the same settings and of different images, such as the shards of profile --shard. The same profiles give the same bytes, whatever their order. profile merge is the same command.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler merge 1.h5 2.h5 3.h5 --output model.profile.h5",
      "  disassembler merge shards/*.h5 --output model.profile.h5"
    })
public final class ProfileMergeCommand implements Callable<Integer> {
  /** What it is called; {@code profile merge} is the same. */
  public static final String NAME = "merge";

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "PROFILE", arity = "1..*", description = "Profiles (HDF5).")
  List<Path> profiles = new ArrayList<>();

  @HelpSection.In(HelpSection.OUTPUT)
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

  @Mixin JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Profile profile = ProfileMerge.of(profiles).copiesCount(copies).run();
    ProfileFile.write(profile, output);
    double seconds = (System.nanoTime() - start) / 1e9;
    new ProfileSummary(output, profile, seconds)
        .print(Console.out(spec), json, Provenance.Images.of(output.toString(), profile));
    return 0;
  }
}
