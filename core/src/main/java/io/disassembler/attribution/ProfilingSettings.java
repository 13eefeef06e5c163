package io.disassembler.attribution;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.util.List;

/**
 * How a network is profiled.
 *
 * @param threshold tau: the probability from which a prediction is confident, above 0 and at most 1
 * @param seed the seed that chose the images; noted in the profile
 * @param batch images in one pass, where the model leaves that open; at least 1. With more, float32
 *     rounding in the network may differ
 * @param keepGoing whether more than 5 % broken images are tolerated
 * @param device where to compute, as libtorch spells it
 * @param categories those that are profiled, by their numbers; all if none is named
 */
public record ProfilingSettings(
    double threshold,
    long seed,
    int batch,
    boolean keepGoing,
    String device,
    List<Integer> categories) {
  /** The default tau. The value is ours; the paper's is not public. */
  public static final double DEFAULT_THRESHOLD = 0.9;

  public ProfilingSettings {
    categories = List.copyOf(categories);
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

  /** For all categories. */
  public ProfilingSettings(
      double threshold, long seed, int batch, boolean keepGoing, String device) {
    this(threshold, seed, batch, keepGoing, device, List.of());
  }

  /** The same for some categories alone, by their numbers; for all if none is named. */
  public ProfilingSettings only(List<Integer> some) {
    return new ProfilingSettings(threshold, seed, batch, keepGoing, device, some);
  }

  /** The default threshold, one image at a time, on the CPU. */
  public static ProfilingSettings withSeed(long seed) {
    return new ProfilingSettings(DEFAULT_THRESHOLD, seed, 1, false, "cpu");
  }
}
