package io.disassembler.extraction;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.disassembler.base.Stable;
import java.util.Locale;
import java.util.Objects;

/**
 * What a {@link Tuner} did: enough to do it again.
 *
 * @param steps number of training steps that the run was laid out for, and took
 * @param images SHA-256, in hexadecimal, of the images that it looked at, as the network saw them
 * @param learnt how many of them it learned from
 * @param heldOut how many of them only judged
 * @param seed of every random choice
 * @param learningRate the highest learning rate, as it was found
 * @param kept the step after which the weights are taken, those nearest to the full network's
 *     decisions on the images held out; 0 where that was the beginning
 * @param before agreement with the full network on the images held out before the first step: mean
 *     IoU of the chosen categories, 0 to 1
 * @param after the same with the weights that are taken, which may be a little less: the mean loss
 *     decides, and a few images tell agreement to a few hundredths
 */
@JsonPropertyOrder({
  "steps",
  "images",
  "learnt",
  "heldOut",
  "seed",
  "learningRate",
  "kept",
  "before",
  "after"
})
@Stable
public record Tuning(
    int steps,
    String images,
    int learnt,
    int heldOut,
    long seed,
    double learningRate,
    int kept,
    double before,
    double after) {

  public Tuning {
    Objects.requireNonNull(images, "its tuning has no images");
    if (steps < 1) {
      throw new IllegalArgumentException("its tuning has " + steps + " steps");
    }
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d steps on %d images; agreement with the full network on %d others %.3f before, %.3f after%s",
        steps,
        learnt,
        heldOut,
        before,
        after,
        kept == 0 ? ": no better, so all steps are taken back" : "");
  }
}
