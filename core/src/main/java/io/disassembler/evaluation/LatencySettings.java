package io.disassembler.evaluation;

import java.time.Duration;

/**
 * How long latency is measured. A round runs each network once.
 *
 * @param warmUps rounds that do not count
 * @param rounds how many are measured at least, 1 or more
 * @param atLeast measuring goes on until this has passed
 */
public record LatencySettings(int warmUps, int rounds, Duration atLeast) {

  /** Five rounds of warm-up, then 30 rounds or more, over five seconds or more. */
  public static final LatencySettings DEFAULT = new LatencySettings(5, 30, Duration.ofSeconds(5));

  public LatencySettings {
    if (warmUps < 0 || rounds < 1 || atLeast.isNegative()) {
      throw new IllegalArgumentException(warmUps + ", " + rounds + ", " + atLeast);
    }
  }
}
