package io.disassembler.training;

import io.disassembler.base.InvalidInputException;

/**
 * How to learn from another network's answers.
 *
 * @param dice share of the Dice loss beside cross-entropy, in [0, 1]
 * @param temperature what the teacher's logits are divided by, at least 0: 1 takes its
 *     probabilities as they are, 0 gives each pixel to one category
 * @param shared feature maps that count too
 */
public record DistillationSettings(double dice, double temperature, SharedFeatureMaps shared) {
  /**
   * What the teacher is unsure of helps a sub-network less than a decision does: chosen on CamVid's
   * validation images (docs/results).
   */
  public static final double DECIDED = 0;

  public DistillationSettings {
    if (!(temperature >= 0 && Double.isFinite(temperature))) {
      throw new InvalidInputException(
          "temperature: expected a number of at least 0, found " + temperature);
    }
  }

  /** The teacher's decisions alone. */
  public static DistillationSettings decided(double dice) {
    return new DistillationSettings(dice, DECIDED, SharedFeatureMaps.NONE);
  }
}
