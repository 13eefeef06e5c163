package io.disassembler.cli;

import io.disassembler.base.InvalidInputException;
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
final class TrainingOptions {
  /** SGD wants larger learning rates than AdamW, which divides gradients by their size. */
  static final double SGD = 20;

  @Mixin ImageOptions images = new ImageOptions();

  @Option(
      names = "--val-images",
      paramLabel = "DIR",
      description =
          "Images to choose the weights by. Default: a tenth of --images, held back with --seed.")
  @Nullable String validationImages;

  @Option(names = "--val-masks", paramLabel = "DIR", description = "Masks of --val-images.")
  @Nullable Path validationMasks;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images in one step. Default: ${bundle:usual.batch}.")
  @Nullable Integer batch;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "adamw",
      description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  OptimizerSettings.Method optimizer = OptimizerSettings.Method.ADAMW;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "The highest learning rate. Default: ${bundle:usual.rate}, ${bundle:usual.sgd} with sgd.")
  @Nullable Double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description = "Pulls kernels towards 0. Default: 1e-2 with adamw, 1e-4 with sgd.")
  @Nullable Double weightDecay;

  @Option(
      names = "--clip",
      paramLabel = "NORM",
      description = "Largest norm of the gradient. Default: ${bundle:usual.clip}.")
  @Nullable Double clip;

  @Option(
      names = "--category-weights",
      paramLabel = "RULE",
      description =
          "How much more pixels of rare categories count: one of ${COMPLETION-CANDIDATES}. Default: ${bundle:usual.weighting}.")
  @Nullable CategoryWeighting weighting;

  @Option(
      names = "--dice",
      paramLabel = "SHARE",
      description =
          "Share of the Dice loss beside cross-entropy, 0 to 1. Default: ${bundle:usual.dice}.")
  @Nullable Double dice;

  @Option(
      names = "--scale",
      paramLabel = "MIN,MAX",
      split = ",",
      arity = "1",
      description =
          "Random magnification of images, such as 0.75,1.5. Default: ${bundle:usual.scale}.")
  @Nullable List<Double> scale;

  @Option(
      names = "--color",
      paramLabel = "STRENGTH",
      description =
          "How far brightness, contrast and saturation of images may be off. Default: ${bundle:usual.color}.")
  @Nullable Double color;

  @Option(names = "--no-flip", description = "Do not mirror images.")
  boolean noFlip;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "BatchNormalization: trained (by the statistics of each batch), frozen (by those stored) or restored (as trained; where it was folded into layers it is put back, and folded again in the end). Default: ${bundle:usual.normalization}.")
  @Nullable Normalization normalization;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "cpu",
      description = "Where to compute: cpu, cuda or cuda:INDEX. Default: ${DEFAULT-VALUE}.")
  String device = "cpu";

  @Option(
      names = "--resume",
      description =
          "Go on where a run with the same options was stopped (FILE.checkpoint, written after each epoch); the result is that of a run in one go.")
  boolean resume;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the log as JSON.")
  @Nullable Path json;

  @Option(
      names = "--curve",
      paramLabel = "FILE",
      description = "Also draw loss and validation mIoU over the epochs, as PNG.")
  @Nullable Path curve;

  /** The images, with masks. */
  TrainingData labelledData() {
    TrainingData data = data();
    if (data.training().stream().anyMatch(sample -> sample.mask() == null)) {
      throw new InvalidInputException("expected --masks DIR: training needs labels");
    }
    if (data.validation().stream().anyMatch(sample -> sample.mask() == null)) {
      throw new InvalidInputException("--val-images: expected --val-masks DIR with it");
    }
    return data;
  }

  /** The images, with masks where there are any. */
  TrainingData data() {
    if (validationImages == null) {
      return TrainingData.split(images.samples(), images.seed);
    }
    return new TrainingData(
        images.samples(), DataSets.open(validationImages, validationMasks).samples());
  }

  /** {@code usual} but for what was asked for. */
  TrainingRecipe recipe(TrainingRecipe usual) {
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
  TrainingSettings settings(TrainingRecipe recipe, TrainingLength length) {
    return recipe.settings(length, images.seed, images.keepGoing, device);
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
