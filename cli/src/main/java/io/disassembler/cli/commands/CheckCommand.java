package io.disassembler.cli.commands;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.check.CheckReport;
import io.disassembler.check.CheckResult;
import io.disassembler.check.CheckSettings;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.JsonOption;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries whether a network works. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Will my network work? Runs it on random pixels, or on images, at several sizes and batch sizes against ONNX Runtime, cuts it at random, and compares each cut with the masked network and with ONNX Runtime.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything holds",
      "1:something does not hold",
      "2:the network cannot be read, run or taken apart; the message says why"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler check model.onnx",
      "  disassembler check model.onnx --size 192x256 --cuts 20",
      "  disassembler check model.onnx --images photos"
    })
public final class CheckCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "Folder of images, or a data set, to run it on instead of random pixels: what those make of a network may lie outside of all that it was trained for.")
  private @Nullable String images;

  @Option(
      names = "--cuts",
      paramLabel = "N",
      description = "Random selections to cut at. Default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  int cuts = 10;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the pixels, or number of the first image, and of the selections. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  long seed;

  @Mixin JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    if (cuts < 0) {
      throw new InvalidInputException("--cuts " + cuts + ": expected a number of at least 0");
    }
    SegmentationNetwork model = options.open();
    CheckSettings settings = new CheckSettings(cuts, seed, Math.max(1, options.threads()));
    CheckResult result =
        images == null ? model.check(settings) : model.check(settings, ImageSet.open(images, null));
    PrintWriter out = Console.out(spec);
    out.print(CheckReport.table(result));
    if (images != null) {
      out.printf("run on images of %s%n", images);
    }
    out.flush();
    json.write(CheckReport.json(result));
    return result.holds() ? 0 : 1;
  }
}
