package io.disassembler.cli.commands;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.cli.options.CardOptions;
import io.disassembler.cli.options.PixelLimitOption;
import io.disassembler.cli.options.SizeConverter;
import io.disassembler.cli.options.ThreadsConverter;
import io.disassembler.cli.options.TrainingOptions;
import io.disassembler.cli.options.Typed;
import io.disassembler.cli.output.Console;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.JsonOption;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.safetensors.SafeTensorsReader;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.training.FoldedNormalization;
import io.disassembler.training.Objective;
import io.disassembler.training.Trainee;
import io.disassembler.training.TrainingData;
import io.disassembler.training.TrainingLength;
import io.disassembler.training.TrainingRecipe;
import io.disassembler.training.TrainingRun;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.Backbone;
import io.disassembler.zoo.NamedWeights;
import io.disassembler.zoo.ZooSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a network of the zoo from scratch. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    resourceBundle = "io.disassembler.cli.options.UsualRecipe$FromScratch",
    description =
        "Trains a segmentation network from scratch, on images with masks, and writes it as ONNX: the weights that did best on the validation images.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  disassembler train unet --images folders:camvid:train \\",
      "      --categories sky,road,car --output unet.onnx",
      "  disassembler train deeplabv3 --backbone resnet18 \\",
      "      --images voc:VOCdevkit/VOC2012:train \\",
      "      --validation voc:VOCdevkit/VOC2012:val --epochs 40 \\",
      "      --output deeplab.onnx"
    })
public final class TrainCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ARCHITECTURE",
      completionCandidates = Typed.Architectures.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  Architecture architecture = Architecture.DEEPLABV3;

  @Option(
      names = "--backbone",
      paramLabel = "BACKBONE",
      completionCandidates = Typed.Backbones.class,
      description =
          "What the network is put on, one of ${COMPLETION-CANDIDATES}. Default: resnet18; for unet and segnet the encoder of their paper.")
  @Nullable Backbone backbone;

  @Option(
      names = "--width",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Multiplies the channels of every layer. Default: ${DEFAULT-VALUE}.")
  double width = 1;

  @Option(
      names = "--output-stride",
      paramLabel = "N",
      description =
          "With a backbone: size of the image over that of its deepest feature map: 8, 16 or 32. Default: 16; 32 for unet.")
  @Nullable Integer outputStride;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Start from weights of the same names: a safetensors file, such as the state_dict of torchvision's or segmentation_models.pytorch's model.")
  @Nullable Path weights;

  @Option(
      names = "--fold-normalization",
      description =
          "Write the network with BatchNormalization folded into convolutions: smaller and faster, worse to train further.")
  boolean folded;

  @Option(names = "--no-auxiliary", description = "Train without the auxiliary loss.")
  boolean noAuxiliary;

  @HelpSection.In(HelpSection.NETWORK)
  @Option(
      names = "--size",
      paramLabel = "HxW",
      defaultValue = "256x256",
      description = "Height and width to train at, such as 192x256. Default: ${DEFAULT-VALUE}.",
      converter = SizeConverter.class)
  Size size = NetworkInput.DEFAULT_SIZE;

  @HelpSection.In(HelpSection.NETWORK)
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: one for each core.",
      converter = ThreadsConverter.class)
  int threads = Runtime.getRuntime().availableProcessors();

  @Mixin PixelLimitOption pixels = new PixelLimitOption();
  @Mixin CardOptions cards = new CardOptions();
  @Mixin TrainingOptions options = new TrainingOptions();
  @Mixin JsonOption json = new JsonOption();

  @HelpSection.In(HelpSection.TRAINING)
  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "50",
      description = "Passes over the images. Default: ${DEFAULT-VALUE}.")
  int epochs = 50;

  @HelpSection.In(HelpSection.TRAINING)
  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "Infinity",
      description = "Stop after that time at the latest; the learning rate falls accordingly.")
  double minutes = Double.POSITIVE_INFINITY;

  @HelpSection.In(HelpSection.OUTPUT)
  @Writes(beside = StateCheckpoint.ENDING, early = true)
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "Where the network goes; written anew whenever it got better.")
  Path output = Path.of("");

  @Override
  public Integer call() {
    NetworkCard card = cards.card(size, options.images().legend());
    Backbone base = backbone == null ? architecture.usualBackbone() : backbone;
    if (base == null && outputStride != null) {
      throw new InvalidInputException(
          "--output-stride: the encoder of %s's paper has one alone; leave the option out%s"
              .formatted(
                  architecture, architecture == Architecture.UNET ? " or add --backbone" : ""));
    }
    boolean auxiliary = architecture.hasAuxiliary() && !noAuxiliary;
    ZooSettings settings =
        new ZooSettings(
            base,
            card.categories().size(),
            width,
            outputStride == null ? architecture.usualOutputStride() : outputStride,
            auxiliary,
            options.images().seed());
    Network network =
        start(settings).toBuilder().metadata(NetworkCard.METADATA_KEY, card.toYaml()).build();
    NetworkInput input = NetworkInput.of(network, size);
    TrainingData data = options.labelledData();
    TrainingRecipe recipe = options.recipe(TrainingRecipe.FROM_SCRATCH);
    Trainee built =
        Trainee.of(
            Anatomy.of(network, input.shapes(), threads),
            input,
            card,
            auxiliary ? List.of(ZooSettings.AUXILIARY) : List.of());
    Trainee trainee =
        recipe.prepare(
            folded ? built.exportedBy(FoldedNormalization.in(input, threads)) : built,
            data.training(),
            options.images().keepGoing());
    try (Objective objective = recipe.labelLoss(card, data.training(), size)) {
      TrainingRun run =
          new TrainingRun(
              trainee,
              options.settings(recipe, new TrainingLength(epochs, minutes)),
              data,
              objective);
      new TrainingSession(Console.out(spec), options, json, output).run(run, epochs);
    }
    return 0;
  }

  private Network start(ZooSettings settings) {
    Network network = architecture.build(settings);
    return weights == null
        ? network
        : NamedWeights.load(network, SafeTensorsReader.read(weights), weights.toString());
  }
}
