package io.disassembler.cli.commands;

import io.disassembler.SegmentationNetwork;
import io.disassembler.cli.options.ImageOptions;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.Progress;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.explorer.Explorer;
import io.disassembler.explorer.ExplorerSettings;
import io.disassembler.explorer.work.Limits;
import io.disassembler.explorer.work.Subject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the explorer until it is stopped. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description =
        "Opens the network to be looked into in a browser: choose categories, move a budget, see what is kept, compare masks, download the sub-network. Prints its address and serves this machine only, unless --host says otherwise; stop it with Ctrl-C. Pages and files come from the program itself; docs/explorer.md says more.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler explore model.onnx --profile model.profile.h5 --images photos",
      "  disassembler explore model.onnx --profile model.profile.h5 \\",
      "      --images folders:camvid:val --port 0"
    })
public final class ExploreCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions options = new ModelOptions();
  @Mixin ImageOptions images = new ImageOptions();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      required = true,
      description = "A profile of MODEL, made by 'disassembler profile'.")
  Path profile = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Port to listen at; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "localhost",
      description =
          "Name or address to listen at. Beyond this machine, such as 0.0.0.0, clients need the token in the address that is printed. Default: ${DEFAULT-VALUE}.")
  String host = "localhost";

  @HelpSection.In(HelpSection.IMAGES)
  @Option(
      names = "--measure",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "Measure sub-networks on N of the images, spread evenly; each adds to the time that a slider move takes. Default: ${DEFAULT-VALUE}.")
  int measured;

  @HelpSection.In(HelpSection.IMAGES)
  @Option(
      names = "--search",
      paramLabel = "N",
      defaultValue = "48",
      description =
          "Search N of the images, spread evenly, for what excites a channel. Default: ${DEFAULT-VALUE}.")
  int searched;

  @Override
  public Integer call() throws InterruptedException {
    SegmentationNetwork model = options.open(images);
    Subject subject =
        new Subject(
            model.extraction(model.readProfile(profile)),
            model.input(),
            model.evaluationSubject(),
            model.evaluationSettings(images.keepGoing(), null),
            images.set().samples());
    ExplorerSettings settings =
        new ExplorerSettings(
            host, port, measured, searched, Limits.DEFAULT, ExploreCommand::replay);
    try (Explorer explorer = start(subject, settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(explorer::close));
      PrintWriter out = Console.out(spec);
      out.println("Exploring " + model.file() + " at " + explorer.url());
      out.flush();
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static String replay(String model, String name) {
    return TypedCommand.of(
        List.of(
            "extract",
            model,
            "--profile",
            "PROFILE",
            "--plan",
            name + ".plan.json",
            "--output",
            name + ".onnx"));
  }

  private Explorer start(Subject subject, ExplorerSettings settings) {
    try (Progress progress =
        new Progress("Running", Math.min(measured, subject.samples().size()))) {
      return Explorer.start(subject, settings, progress::update);
    }
  }
}
