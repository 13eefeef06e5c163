package io.disassembler.cli.commands;

import io.disassembler.cli.options.SizeConverter;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Progress;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.Size;
import io.disassembler.scenes.SceneCategory;
import io.disassembler.scenes.SceneFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws street scenes with masks. */
@Command(
    name = "scenes",
    mixinStandardHelpOptions = true,
    description =
        "Draws street scenes with exact masks, to try things out on or to train on: DIR/images, DIR/masks and a network card, DIR/card.yaml. The same on the same machine for the same size and seed; more of them begin with the same ones.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler scenes --output scenes",
      "  disassembler scenes --count 500 --size 256x512 --seed 1 --output scenes"
    })
public final class ScenesCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  int count = 100;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      defaultValue = "192x256",
      description = "Height and width, such as 192x256. Default: ${DEFAULT-VALUE}.",
      converter = SizeConverter.class)
  Size size = new Size(192, 256);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Scenes of different seeds differ. Default: ${DEFAULT-VALUE}.")
  long seed;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(folder = true)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "Where they go.")
  Path output = Path.of("");

  @Mixin JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    try (Progress progress = new Progress("Drawing", count)) {
      SceneFiles.write(output, size, seed, count, done -> progress.update(done, count));
    }
    Console.out(spec).printf("%d scenes of %s. Written: %s%n", count, size, output);
    json.write(
        new Drawn(
            output,
            count,
            size,
            seed,
            Arrays.stream(SceneCategory.values()).map(SceneCategory::label).toList()));
    return 0;
  }

  /** What was drawn, for programs. */
  private record Drawn(Path folder, int count, Size size, long seed, List<String> categories) {}
}
