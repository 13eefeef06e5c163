package io.disassembler.cli.commands;

import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.DemoPicture;
import io.disassembler.cli.output.DemoSummary;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Outputs;
import io.disassembler.cli.output.TypedCommand;
import io.disassembler.cli.output.Writes;
import io.disassembler.scenes.Example;
import io.disassembler.scenes.SceneCategory;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows everything once, on a network and images that come with Disassembler. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Shows the whole thing in a minute, on a network and street scenes that come with Disassembler: profiles the network, cuts a car network out of it, measures both on other scenes, and draws what they see. Each step is a command that you can run yourself.",
    footerHeading = "%nExamples:%n",
    footer = {"  disassembler demo", "  disassembler demo --output somewhere --json -"})
public final class DemoCommand implements Callable<Integer> {
  private static final SceneCategory CATEGORY = SceneCategory.CAR;
  private static final double KEPT = 0.5;

  @Spec @Nullable CommandSpec spec;
  @ParentCommand @Nullable CommandLines lines;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(folder = true)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "disassembler-demo",
      description = "Where everything goes. Default: ${DEFAULT-VALUE}.")
  Path output = Path.of("disassembler-demo");

  @Mixin JsonOption json = new JsonOption();

  /** A command and what it is for. */
  private record Step(String why, List<String> arguments) {
    static Step of(String why, Object... arguments) {
      return new Step(why, Arrays.stream(arguments).map(String::valueOf).toList());
    }
  }

  @Override
  public Integer call() {
    long start = System.nanoTime();
    PrintWriter out = Console.out(spec);
    Example example = Example.copyTo(output);
    out.printf(
        "A U-Net for street scenes and %d scenes that it has not seen, %d to learn from and the others to test on: %s%n",
        Example.SCENES, Example.LEARNING, output);
    Path small = output.resolve(CATEGORY.label() + ".onnx");
    Path evaluation = output.resolve("evaluation.json");
    Path report = output.resolve("report.html");
    for (Step step : steps(example, small, evaluation, report)) {
      int code = run(step, out);
      if (code != 0) {
        return code;
      }
    }
    Path picture = output.resolve("demo.png");
    DemoPicture.write(example, small, CATEGORY, picture);
    DemoSummary summary =
        DemoSummary.read(evaluation, CATEGORY.label(), picture, (System.nanoTime() - start) / 1e9);
    summary.print(out);
    out.println("All of it on one page: " + report);
    json.write(summary.toJson());
    return 0;
  }

  private List<Step> steps(Example example, Path small, Path evaluation, Path report) {
    Path profile = output.resolve("street.profile.h5");
    Path images = example.learning().resolve("images");
    Path masks = example.learning().resolve("masks");
    return List.of(
        Step.of(
            "Profile: run the scenes through the network once, to learn which kernels each of its categories relies on.",
            "profile",
            example.model(),
            "--images",
            images,
            "--masks",
            masks,
            "--output",
            profile),
        Step.of(
            String.format(
                Locale.ROOT,
                "Extract: keep what %s needs, %.0f %% of the multiply-accumulates at most, make up for the rest, prove the cut.",
                CATEGORY.label(),
                100 * KEPT),
            "extract",
            example.model(),
            "--profile",
            profile,
            "--images",
            images,
            "--categories",
            CATEGORY.label(),
            "--keep-macs",
            KEPT,
            "--output",
            small),
        Step.of(
            "Evaluate: run both networks on the test scenes in ONNX Runtime, compare, and write a report.",
            "evaluate",
            example.model(),
            small,
            "--images",
            example.test().resolve("images"),
            "--masks",
            example.test().resolve("masks"),
            "--json",
            evaluation,
            "--report",
            report));
  }

  private int run(Step step, PrintWriter out) {
    out.printf("%n%s%n  %s%n", step.why(), TypedCommand.of(step.arguments()));
    out.flush();
    CommandLine command = Objects.requireNonNull(lines).make();
    command.setOut(new PrintWriter(Writer.nullWriter()));
    // The folder was found empty, or may be written over; later steps replace nothing else.
    return command.execute(
        Stream.concat(step.arguments().stream(), Stream.of(Outputs.OVERWRITE))
            .toArray(String[]::new));
  }
}
