package io.disassembler.cli.commands;

import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Outputs;
import io.disassembler.cli.output.Progress;
import io.disassembler.cli.output.Provenance;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.CategoryNames;
import io.disassembler.evaluation.TextTable;
import io.disassembler.figures.Figure;
import io.disassembler.figures.LayerFigures;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.selection.Thresholds;
import io.disassembler.similarity.Estimate;
import io.disassembler.similarity.Finding;
import io.disassembler.similarity.LayerSimilarity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws what a profile holds. */
@Command(
    name = "figures",
    mixinStandardHelpOptions = true,
    description =
        "Draws what a profile holds, as PNG and SVG: which channels images and categories excite, how similar categories are to the network and where in it they part, how relevance is distributed, which kernels categories share. Prints how similar images of one category and of different ones are. Needs neither the model nor images.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler figures model.profile.h5 --output figures",
      "  disassembler figures model.profile.h5 --categories car,tree \\",
      "      --output figures --json similarity.json"
    })
public final class FiguresCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "PROFILE",
      description = "What profile wrote, such as model.profile.h5.")
  Path file = Path.of("");

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      defaultValue = LayerFigures.PENULTIMATE,
      description =
          "The feature map to draw: a value's name, or penultimate, which the last layer reads. Default: ${DEFAULT-VALUE}.")
  String layer = LayerFigures.PENULTIMATE;

  @Option(
      names = {"-c", "--categories"},
      paramLabel = "NAMES",
      description =
          "The categories whose images are drawn one by one, such as car,tree; names or numbers. Default: the one that most images show.")
  @Nullable String categories;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description =
          "Least forward attribution, as a share of the layer's largest, at which a category relies on a kernel. Default: 0.2.")
  double alpha = Thresholds.DEFAULT_ALPHA;

  @Option(
      names = "--beta",
      paramLabel = "B",
      description = "Least backward attribution at which it does. Default: 0.1.")
  double beta = Thresholds.DEFAULT_BETA;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(folder = true)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for the figures; made if it does not exist.")
  Path output = Path.of("");

  @Mixin JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    Thresholds thresholds = new Thresholds(alpha, beta);
    Profile profile = ProfileFile.read(file);
    LayerFigures figures = new LayerFigures(profile, layer);
    List<Integer> drawn =
        categories == null
            ? List.of(figures.mostShown())
            : new CategoryNames(profile.header().categories()).parse(categories);
    Finding finding = Finding.of(profile);
    List<Figure> all = figures.all(finding, drawn, thresholds);
    Outputs.makeFolder(output);
    try (Progress progress = new Progress("Drawing", all.size())) {
      for (int i = 0; i < all.size(); i++) {
        all.get(i).write(output);
        progress.update(i + 1, all.size());
      }
    }
    print(Console.out(spec), figures, finding, all);
    json.write(finding.toJson(), Provenance.Images.of(file.toString(), profile));
    return 0;
  }

  private void print(PrintWriter out, LayerFigures figures, Finding finding, List<Figure> all) {
    Profile profile = finding.profile();
    out.println(
        "Mean cosine similarity of images, with 95 % confidence intervals (jackknife over images):");
    TextTable table =
        new TextTable(
            "feature map",
            "number",
            "channels",
            "attribution",
            "one category",
            "different",
            "difference");
    for (LayerSimilarity similarity : finding.layers()) {
      table.row(
          similarity.featureMap(),
          Integer.toString(1 + profile.featureMaps().indexOf(similarity.featureMap())),
          Integer.toString(profile.channels(similarity.featureMap())),
          similarity.attribution().id(),
          text(similarity.within()),
          text(similarity.between()),
          text(similarity.difference()));
    }
    out.print(table.format());
    if (!finding.comparable()) {
      out.printf(
          "No category is shown by %d images or more: similarity is not drawn.%n",
          LayerSimilarity.FEWEST_IMAGES);
    }
    out.printf(
        Locale.ROOT,
        "%d categories of %d images; %d figures, those of one layer of %s. Written: %s%n",
        finding.layers().get(0).categories().size(),
        profile.images().size(),
        all.size(),
        figures.featureMap(),
        output);
    out.flush();
  }

  private static String text(@Nullable Estimate estimate) {
    return estimate == null
        ? "-"
        : String.format(
            Locale.ROOT, "%.3f (%.3f to %.3f)", estimate.value(), estimate.low(), estimate.high());
  }
}
