package io.disassembler.similarity;

/**
 * A number estimated from images.
 *
 * @param value the estimate
 * @param low lower end of its 95 % confidence interval
 * @param high upper end
 */
public record Estimate(double value, double low, double high) {
  /** 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.959964;

  static Estimate of(double value, double standardError) {
    return new Estimate(value, value - Z * standardError, value + Z * standardError);
  }
}
