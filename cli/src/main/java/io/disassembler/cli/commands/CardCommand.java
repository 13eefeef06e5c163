package io.disassembler.cli.commands;

import io.disassembler.CandidateCard;
import io.disassembler.SegmentationNetwork;
import io.disassembler.StarterCard;
import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Printable;
import io.disassembler.base.Replacement;
import io.disassembler.base.TextFile;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.TrialPicture;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.layout.DataSets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a network card to start from. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a network card to start from: how many categories there are, sizes and layouts, and whether the graph scales pixels itself, with comments on what only those know who trained the network.",
      "Without --output it is printed. As MODEL's name with .yaml it is found by every command."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler card model.onnx --output model.yaml",
      "  disassembler card model.onnx --names voc",
      "  disassembler card model.onnx --try photo.jpg --picture trial.png"
    })
public final class CardCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();

  @Option(
      names = "--names",
      paramLabel = "LIST",
      description =
          "What the categories are called: voc, cityscapes, ade20k, camvid or coco, or a text file with one name in each line.")
  @Nullable String names;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(card = true)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write.")
  @Nullable Path output;

  @Option(
      names = "--try",
      paramLabel = "IMAGE",
      description =
          "Draw what MODEL sees in this image under each usual way of preprocessing, side by side in --picture: the right one is plain to see.")
  @Nullable Path tried;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes
  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description = "With --try: where the picture goes, a PNG.")
  @Nullable Path picture;

  @Override
  public Integer call() {
    if ((tried == null) != (picture == null)) {
      throw new InvalidInputException(
          tried == null
              ? "--picture: expected --try IMAGE with it"
              : "--try: expected --picture FILE with it, where the picture goes");
    }
    SegmentationNetwork model = options.open();
    if (tried != null && picture != null) {
      return drawTrial(model, tried, picture);
    }
    String text = StarterCard.of(model, legend());
    if (output == null) {
      Console.result(Printable.of(text));
    } else {
      Replacement.write(output, text);
      Console.out(spec).println("Written: " + output);
    }
    return 0;
  }

  private int drawTrial(SegmentationNetwork model, Path image, Path file) {
    List<CandidateCard> candidates = CandidateCard.of(model);
    TrialPicture.write(model, image, candidates, file);
    PrintWriter out = Console.out(spec);
    for (int i = 0; i < candidates.size(); i++) {
      NetworkCard card = candidates.get(i).card();
      out.printf(
          "%d  %s: color: %s, scale: %s, mean: %s, std: %s%n",
          i + 1, candidates.get(i).name(), card.color(), card.scale(), card.mean(), card.std());
    }
    out.println("Written: " + file);
    out.flush();
    return 0;
  }

  private Optional<Legend> legend() {
    if (names == null) {
      return Optional.empty();
    }
    Optional<Legend> known = DataSets.legend(names);
    if (known.isPresent()) {
      return known;
    }
    Path file = Path.of(names);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "--names %s: expected one of %s, or a text file with a name in each line"
              .formatted(names, String.join(", ", DataSets.named())));
    }
    try {
      List<String> lines =
          TextFile.read(file).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      return Optional.of(new Legend(lines, List.of()));
    } catch (IOException e) {
      throw new InvalidInputException("--names %s: %s".formatted(names, e.getMessage()), e);
    }
  }
}
