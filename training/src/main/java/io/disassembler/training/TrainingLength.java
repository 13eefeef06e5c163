package io.disassembler.training;

import io.disassembler.base.InvalidInputException;

/**
 * How long to train: until the epochs are done or the time is up, whichever comes first. The
 * learning rate is scheduled over the same.
 *
 * @param epochs passes over the training images, at least 1
 * @param minutes time for the training steps and validations, above 0; infinite if only the epochs
 *     count, which alone makes runs repeatable
 */
public record TrainingLength(int epochs, double minutes) {

  public TrainingLength {
    if (epochs < 1) {
      throw new InvalidInputException("epochs: expected at least 1, found " + epochs);
    }
    if (!(minutes > 0)) {
      throw new InvalidInputException("minutes: expected more than 0, found " + minutes);
    }
  }

  /** A length in epochs alone. */
  public static TrainingLength ofEpochs(int epochs) {
    return new TrainingLength(epochs, Double.POSITIVE_INFINITY);
  }

  /**
   * The share that is used up, in [0, 1].
   *
   * @param steps steps taken, parts of one included
   * @param stepsPerEpoch steps in each epoch
   * @param seconds time since the start
   */
  double progress(double steps, long stepsPerEpoch, double seconds) {
    return Math.min(1, Math.max(steps / stepsPerEpoch / epochs, seconds / 60 / minutes));
  }
}
