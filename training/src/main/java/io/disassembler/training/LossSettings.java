package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import java.util.List;

/**
 * What training minimises.
 *
 * @param crossEntropy how much the cross-entropy of the labelled pixels counts, at least 0
 * @param dice how much the Dice loss counts, at least 0; not both 0
 * @param categoryWeights how much a pixel of each category counts in the cross-entropy, where each
 *     is decided by itself beside 1 for one without it; empty: all the same
 */
public record LossSettings(double crossEntropy, double dice, List<Double> categoryWeights) {

  public LossSettings {
    categoryWeights = List.copyOf(categoryWeights);
    if (!(crossEntropy >= 0 && dice >= 0 && crossEntropy + dice > 0)) {
      throw new InvalidInputException(
          "loss: expected shares of at least 0, not both 0, found %s and %s"
              .formatted(crossEntropy, dice));
    }
  }

  /** Cross-entropy in which all pixels count the same. */
  public static LossSettings plain() {
    return new LossSettings(1, 0, List.of());
  }
}
