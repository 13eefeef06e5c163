package io.disassembler.figures;

import java.util.Arrays;
import java.util.Locale;

/**
 * What the colours of a heatmap mean.
 *
 * @param title what is measured
 * @param low value of the darkest colour
 * @param high value of the lightest colour
 */
record Scale(String title, double low, double high) {

  /** From 0 to 1. */
  static Scale share(String title) {
    return new Scale(title, 0, 1);
  }

  /** Around all finite {@code values}, ending at tenths. */
  static Scale around(String title, double[][] values) {
    double low =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .min()
            .orElse(0);
    double high =
        Arrays.stream(values)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    double floor = Math.floor(10 * low) / 10;
    return new Scale(title, floor, Math.max(floor + 0.1, Math.ceil(10 * high) / 10));
  }

  /** Where {@code value} lies between the ends: 0 to 1. */
  double share(double value) {
    return (value - low) / (high - low);
  }

  /** The value at {@code share} of the way, as a tick says it. */
  String tick(double share) {
    return String.format(Locale.ROOT, "%.2f", low + share * (high - low))
        .replaceFirst("\\.?0+$", "");
  }
}
