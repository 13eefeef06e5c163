package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Images of a training run, with masks where the {@link Objective} looks at them.
 *
 * @param training the images to learn from
 * @param validation the images to choose the weights by; with none, the last weights are kept
 */
public record TrainingData(List<Sample> training, List<Sample> validation) {
  private static final int HELD_BACK = 10;

  public TrainingData {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    if (training.isEmpty()) {
      throw new InvalidInputException("training: expected images to learn from, found none");
    }
  }

  /**
   * Holds back one image in ten, at least one, drawn at random, to validate on.
   *
   * @throws InvalidInputException if there are fewer than two
   */
  public static TrainingData split(List<Sample> samples, long seed) {
    if (samples.size() < 2) {
      throw new InvalidInputException(
          "training: expected at least 2 images, one of which is held back for validation, found "
              + samples.size());
    }
    List<Sample> shuffled = new ArrayList<>(samples);
    Collections.shuffle(shuffled, new Random(seed));
    int held = Math.max(1, samples.size() / HELD_BACK);
    return new TrainingData(shuffled.subList(held, samples.size()), shuffled.subList(0, held));
  }

  /** Whether there are images to choose the weights by, all of them with masks. */
  public boolean validationIsLabelled() {
    return !validation.isEmpty() && validation.stream().allMatch(sample -> sample.mask() != null);
  }
}
