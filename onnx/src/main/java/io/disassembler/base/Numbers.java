package io.disassembler.base;

import java.util.Locale;

/** Numbers as people read them, the same in every country. */
public final class Numbers {
  /** Stands for a number that is not defined, such as a share of nothing. */
  public static final String UNDEFINED = "-";

  private static final String[] UNITS = {"k", "M", "G", "T", "P"};

  private Numbers() {}

  /** A number with {@code digits} decimals, or {@link #UNDEFINED} if it is not finite. */
  public static String decimals(int digits, double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%." + digits + "f", value)
        : UNDEFINED;
  }

  /** A share in percent with one decimal: 12.5 %. */
  public static String percent(double share) {
    return percent(1, share);
  }

  /** A share in percent with {@code digits} decimals. */
  public static String percent(int digits, double share) {
    return Double.isFinite(share) ? decimals(digits, 100 * share) + " %" : UNDEFINED;
  }

  /** A part of a whole in percent with one decimal. */
  public static String percentOf(long part, long whole) {
    return percent((double) part / whole);
  }

  /** A count in full: 17,352,416. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A count with at most four digits and a letter: 17.4M. */
  public static String brief(long count) {
    if (count < 10_000) {
      return Long.toString(count);
    }
    double value = count;
    int unit = -1;
    while (value >= 1000 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return decimals(value < 10 ? 2 : 1, value) + UNITS[unit];
  }
}
