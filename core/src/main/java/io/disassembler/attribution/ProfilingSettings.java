package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;

/**
 * How a network is profiled.
 *
 * @param threshold tau: the probability from which a prediction is confident, above 0 and at most 1
 * @param seed the seed that chose the images; noted in the profile
 * @param batch images in one pass, where the model leaves that open; at least 1. With more, float32
 *     rounding in the network may differ
 * @param keepGoing whether more than 5 % broken images are tolerated
 * @param device where to compute, as libtorch spells it
 */
public record ProfilingSettings(
    double threshold, long seed, int batch, boolean keepGoing, String device) {
  /** The default tau. The value is ours; the paper's is not public. */
  public static final double DEFAULT_THRESHOLD = 0.9;

  public ProfilingSettings {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new InvalidInputException(
          "threshold: expected a probability above 0 and at most 1, found " + threshold,
          Setting.CONFIDENCE_THRESHOLD);
    }
    if (batch < 1) {
      throw new InvalidInputException(
          "batch: expected at least 1 image, found " + batch, Setting.BATCH);
    }
  }

  /** The default threshold, one image at a time, on the CPU. */
  public static ProfilingSettings withSeed(long seed) {
    return new ProfilingSettings(DEFAULT_THRESHOLD, seed, 1, false, "cpu");
  }
}
