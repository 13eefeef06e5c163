package io.disassembler.training;

import io.disassembler.base.InvalidInputException;

/**
 * How a network is trained.
 *
 * @param length how long
 * @param batch images in one step, where the model leaves that open; at least 1
 * @param warmUp share of the run in which the learning rate rises, in [0, 1]
 * @param clip largest norm of the gradient over all weights; larger ones are scaled down to it
 * @param augmentation random changes to the images
 * @param normalization what becomes of normalisations
 * @param seed seed of every random choice
 * @param keepGoing whether more than 5 % broken images are tolerated
 * @param device where to compute, as libtorch spells it
 */
public record TrainingSettings(
    TrainingLength length,
    int batch,
    OptimizerSettings optimizer,
    double warmUp,
    double clip,
    Augmentation augmentation,
    Normalization normalization,
    long seed,
    boolean keepGoing,
    String device) {

  public TrainingSettings {
    if (batch < 1) {
      throw new InvalidInputException("batch: expected at least 1 image, found " + batch);
    }
    if (!(warmUp >= 0 && warmUp <= 1)) {
      throw new InvalidInputException(
          "warm-up: expected a share of the run from 0 to 1, found " + warmUp);
    }
    if (!(clip > 0)) {
      throw new InvalidInputException("gradient clipping: expected a norm above 0, found " + clip);
    }
  }
}
