package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import java.util.List;

/**
 * How to train, whatever the network and the images.
 *
 * @param batch images in one step, at least 1
 * @param warmUp share of the run in which the learning rate rises, in [0, 1]
 * @param clip largest norm of the gradient
 * @param weighting how much pixels of each category count in the cross-entropy
 * @param dice share of the Dice loss beside cross-entropy, in [0, 1]
 * @param normalization what becomes of normalisations
 */
public record TrainingRecipe(
    OptimizerSettings optimizer,
    int batch,
    double warmUp,
    double clip,
    Augmentation augmentation,
    CategoryWeighting weighting,
    double dice,
    Normalization normalization) {

  public TrainingRecipe {
    if (!(dice >= 0 && dice <= 1)) {
      throw new InvalidInputException(
          "dice: expected a share of the loss from 0 to 1, found " + dice);
    }
  }

  /** For networks that know nothing yet. */
  public static final TrainingRecipe FROM_SCRATCH =
      new TrainingRecipe(
          OptimizerSettings.adamW(2e-3),
          8,
          0.05,
          5,
          new Augmentation(true, 0.8, 1.7, 0.3),
          CategoryWeighting.SQRT_INVERSE,
          0,
          Normalization.TRAINED);

  /**
   * For sub-networks, in one epoch: many small, careful steps on images as they are, normalised by
   * the batch, and a loss that looks at overlap. Chosen on CamVid's validation images
   * (docs/results).
   */
  public static final TrainingRecipe FINETUNING =
      new TrainingRecipe(
          OptimizerSettings.adamW(5e-4),
          2,
          0.05,
          5,
          new Augmentation(true, 1, 1, 0),
          CategoryWeighting.NONE,
          0.5,
          Normalization.RESTORED);

  /** The loss on labels, with weights for the categories that {@code samples} show. */
  public LabelLoss labelLoss(NetworkCard card, List<Sample> samples, Size size) {
    return new LabelLoss(
        new LossSettings(1 - dice, dice, weighting.weights(card, samples, size)), card);
  }

  /** {@code trainee} with its normalisations as they are to be. */
  public Trainee prepare(Trainee trainee, List<Sample> samples, boolean keepGoing) {
    return normalization.prepare(trainee, samples, keepGoing);
  }

  /**
   * Settings for a run.
   *
   * @param keepGoing whether more than 5 % broken images are tolerated
   * @param device where to compute, as libtorch spells it
   */
  public TrainingSettings settings(
      TrainingLength length, long seed, boolean keepGoing, String device) {
    return new TrainingSettings(
        length,
        batch,
        optimizer,
        warmUp,
        clip,
        augmentation,
        normalization,
        seed,
        keepGoing,
        device);
  }
}
