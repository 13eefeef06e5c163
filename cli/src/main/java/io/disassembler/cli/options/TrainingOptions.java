package io.disassembler.cli.options;

import io.disassembler.base.InvalidInputException;
import io.disassembler.cli.output.HelpSection;
import io.disassembler.cli.output.Provenance;
import io.disassembler.cli.output.Writes;
import io.disassembler.data.layout.DataSets;
import io.disassembler.training.Augmentation;
import io.disassembler.training.CategoryWeighting;
import io.disassembler.training.Normalization;
import io.disassembler.training.OptimizerSettings;
import io.disassembler.training.TrainingData;
import io.disassembler.training.TrainingLength;
import io.disassembler.training.TrainingRecipe;
import io.disassembler.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What training learns from, and how. */
@HelpSection.In(HelpSection.TRAINING)
public final class TrainingOptions {
  /** SGD wants larger learning rates than AdamW, which divides gradients by their size. */
  static final double SGD = 20;

  @Mixin private ImageOptions images = new ImageOptions();

  @Option(
      names = "--validation",
      paramLabel = "DIR",
      description =
          "Images to choose the weights by. Default: a tenth of --images, held back with --seed.")
  private @Nullable String validation;

  @Option(names = "--validation-masks", paramLabel = "DIR", description = "Masks of --validation.")
  private @Nullable Path validationMasks;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images in one step. Default: ${bundle:usual.batch}.")
  private @Nullable Integer batch;

  @Option(
      names = "--optimizer",
      paramLabel = "METHOD",
      defaultValue = "adamw",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OptimizerSettings.Method optimizer = OptimizerSettings.Method.ADAMW;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "The highest learning rate. Default: ${bundle:usual.rate}, ${bundle:usual.sgd} with sgd.")
  private @Nullable Double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description = "Pulls kernels towards 0. Default: 1e-2 with adamw, 1e-4 with sgd.")
  private @Nullable Double weightDecay;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Largest norm of the gradient. Default: ${bundle:usual.clip}.")
  private @Nullable Double clip;

  @Option(
      names = "--category-weights",
      paramLabel = "RULE",
      completionCandidates = Typed.Weightings.class,
      description =
          "How much more pixels of rare categories count: one of ${COMPLETION-CANDIDATES}. Default: ${bundle:usual.weighting}.")
  private @Nullable CategoryWeighting weighting;

  @Option(
      names = "--dice",
      paramLabel = "SHARE",
      description =
          "Share of the Dice loss beside cross-entropy, 0 to 1. Default: ${bundle:usual.dice}.")
  private @Nullable Double dice;

  @Option(
      names = "--scale",
      paramLabel = "MIN,MAX",
      split = ",",
      arity = "1",
      description =
          "Random magnification of images, such as 0.75,1.5. Default: ${bundle:usual.scale}.")
  private @Nullable List<Double> scale;

  @Option(
      names = "--color",
      paramLabel = "STRENGTH",
      description =
          "How far brightness, contrast and saturation of images may be off. Default: ${bundle:usual.color}.")
  private @Nullable Double color;

  @Option(names = "--no-flip", description = "Do not mirror images.")
  private boolean noFlip;

  @Option(
      names = "--normalization",
      paramLabel = "HOW",
      completionCandidates = Typed.Normalizations.class,
      description =
          "BatchNormalization: trained (by the statistics of each batch), frozen (by those stored) or restored (as trained; where it was folded into layers it is put back, and folded again in the end). Default: ${bundle:usual.normalization}.")
  private @Nullable Normalization normalization;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description =
          "Where to compute: cpu, cuda or cuda:INDEX (built with ./mvnw -Pcuda). Default: ${DEFAULT-VALUE}.")
  private String device = "cpu";

  @Option(
      names = "--resume",
      description =
          "Go on where a run with the same options was stopped (FILE.checkpoint, written after each epoch); the result is that of a run in one go.")
  private boolean resume;

  @Writes
  @Option(
      names = "--curve",
      paramLabel = "FILE",
      description = "Also draw loss and validation mIoU over the epochs, as PNG.")
  private @Nullable Path curve;

  /** The images to train on, and to validate on unless there are others. */
  public ImageOptions images() {
    return images;
  }

  /** Where to compute. */
  public String device() {
    return device;
  }

  /** Whether an earlier run goes on. */
  public boolean resume() {
    return resume;
  }

  /** Where the learning curve goes. */
  public @Nullable Path curve() {
    return curve;
  }

  /** The images, with masks. */
  public TrainingData labelledData() {
    TrainingData data = data();
    if (data.training().stream().anyMatch(sample -> sample.mask() == null)) {
      throw new InvalidInputException("expected --masks DIR: training needs labels");
    }
    if (data.validation().stream().anyMatch(sample -> sample.mask() == null)) {
      throw new InvalidInputException("--validation: expected --validation-masks DIR with it");
    }
    return data;
  }

  /** The images, with masks where there are any. */
  public TrainingData data() {
    if (validation == null) {
      return TrainingData.split(images.set().samples(), images.seed());
    }
    return new TrainingData(
        images.set().samples(), DataSets.open(validation, validationMasks).samples());
  }

  /** The images, for the log. */
  public Provenance.Images[] provenance() {
    Provenance.Images learned = Provenance.Images.of(images.set());
    return validation == null
        ? new Provenance.Images[] {learned}
        : new Provenance.Images[] {learned, Provenance.Images.of(validation, data().validation())};
  }

  /** {@code usual} but for what was asked for. */
  public TrainingRecipe recipe(TrainingRecipe usual) {
    return new TrainingRecipe(
        optimizer(usual.optimizer()),
        batch == null ? usual.batch() : batch,
        usual.warmUp(),
        clip == null ? usual.clip() : clip,
        augmentation(usual.augmentation()),
        weighting == null ? usual.weighting() : weighting,
        dice == null ? usual.dice() : dice,
        normalization == null ? usual.normalization() : normalization);
  }

  /** Settings for training by {@code recipe}. */
  public TrainingSettings settings(TrainingRecipe recipe, TrainingLength length) {
    return recipe.settings(length, images.seed(), images.keepGoing(), device);
  }

  private OptimizerSettings optimizer(OptimizerSettings usual) {
    double rate = usual.learningRate();
    OptimizerSettings chosen =
        optimizer == OptimizerSettings.Method.ADAMW
            ? OptimizerSettings.adamW(learningRate != null ? learningRate : rate)
            : OptimizerSettings.sgd(learningRate != null ? learningRate : SGD * rate);
    return weightDecay == null
        ? chosen
        : new OptimizerSettings(optimizer, chosen.learningRate(), chosen.momentum(), weightDecay);
  }

  private Augmentation augmentation(Augmentation usual) {
    List<Double> range = scale == null ? List.of(usual.smallest(), usual.largest()) : scale;
    if (range.size() != 2) {
      throw new InvalidInputException("--scale: expected two numbers, such as 0.75,1.5");
    }
    return new Augmentation(
        usual.flip() && !noFlip, range.get(0), range.get(1), color == null ? usual.color() : color);
  }
}
