package io.disassembler.cli.commands;

import io.disassembler.SegmentationNetwork;
import io.disassembler.cli.options.ModelOptions;
import io.disassembler.cli.options.ReportOption;
import io.disassembler.cli.options.TeacherOptions;
import io.disassembler.cli.options.TrainingOptions;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.NetworkCard;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.training.Objective;
import io.disassembler.training.Trainee;
import io.disassembler.training.TrainingData;
import io.disassembler.training.TrainingLength;
import io.disassembler.training.TrainingLog;
import io.disassembler.training.TrainingRecipe;
import io.disassembler.training.TrainingRun;
import io.disassembler.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network from a file a little further. */
@Command(
    name = "finetune",
    mixinStandardHelpOptions = true,
    resourceBundle = "io.disassembler.cli.options.UsualRecipe$Finetuning",
    description =
        "Trains a network, such as a sub-network that extract made, a little further: on images with masks, or with --teacher on images alone. Writes the weights that did best on the validation images.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler finetune small.onnx --images photos --masks masks \\",
      "      --output better.onnx",
      "  disassembler finetune small.onnx --teacher model.onnx --images photos \\",
      "      --epochs 3 --output better.onnx"
    })
public final class FinetuneCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin TrainingOptions options = new TrainingOptions();
  @Mixin JsonOption json = new JsonOption();

  @HelpSection.In(HelpSection.TRAINING)
  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "1",
      description = "Passes over the images. Default: ${DEFAULT-VALUE}.")
  int epochs = 1;

  @Mixin TeacherOptions teacher = new TeacherOptions();

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(beside = StateCheckpoint.ENDING, early = true)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the finetuned network goes; written anew whenever it got better.")
  Path output = Path.of("");

  @Mixin ReportOption report = new ReportOption();

  @Override
  public Integer call() {
    TrainingSession session = new TrainingSession(Console.out(spec), options, json, output);
    SegmentationNetwork loaded = model.open(options.images());
    NetworkCard card = loaded.card(options.images().all());
    SegmentationNetwork teaching = teacher.open(loaded);
    TrainingData data = teaching == null ? options.labelledData() : options.data();
    TrainingRecipe recipe = options.recipe(TrainingRecipe.FINETUNING);
    Trainee trainee =
        recipe.prepare(
            Trainee.of(loaded.anatomy(), loaded.input(), card, List.of()),
            data.training(),
            options.images().keepGoing());
    try (Objective objective =
        teaching == null
            ? recipe.labelLoss(card, data.training(), loaded.input().size())
            : teacher.distillation(options, teaching, loaded, data, recipe.dice())) {
      TrainingSettings settings = options.settings(recipe, TrainingLength.ofEpochs(epochs));
      TrainingLog log = session.run(new TrainingRun(trainee, settings, data, objective), epochs);
      if (report.given()) {
        FinetuneReport page =
            new FinetuneReport(
                spec,
                loaded,
                loaded.opening().of(output).open(),
                teaching,
                data,
                log,
                options.images());
        report.write(page::page, Console.out(spec));
      }
    }
    return 0;
  }
}
