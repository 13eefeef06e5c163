package io.disassembler.cli.commands;

import io.disassembler.ProfileRequest;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.Numbers;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ProfilingOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.ProfileJson;
import io.disassembler.cli.output.Provenance;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.NetworkCard;
import io.disassembler.evaluation.TextTable;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
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
      "      --resume"
    })
public final class ProfileCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ProfilingOptions profiling = new ProfilingOptions();

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

  @Mixin JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    long start = System.nanoTime();
    SegmentationNetwork network =
        options.opening().legend(profiling.images().legend()).device(profiling.device()).open();
    Profile profile = profiling.request(network, profiling.images().set()).runTo(output, resume);
    double seconds = (System.nanoTime() - start) / 1e9;
    print(Console.out(spec), profile, network.card(), seconds);
    json.write(
        ProfileJson.of(output, profile, network.categories(), seconds),
        Provenance.Images.of(profiling.images().all().name(), profile));
    return 0;
  }

  private void print(PrintWriter out, Profile profile, NetworkCard card, double seconds) {
    TextTable table = new TextTable("category", "images", "confident pixels");
    for (int c = 0; c < card.categories().size(); c++) {
      CategoryProfile category = profile.category(c);
      table.row(
          card.categories().get(c),
          Long.toString(category.images()),
          Numbers.brief(Math.round(category.maskArea())));
    }
    out.print(table.format());
    out.printf(
        Locale.ROOT,
        "%d images (%s), %d feature maps, %.1f s. Written: %s%n",
        profile.images().size(),
        profile.header().labelled() ? "with masks" : "without masks",
        profile.featureMaps().size(),
        seconds,
        output);
    out.flush();
  }
}
