package io.disassembler.cli.output;

import java.util.Locale;

/** Numbers as people read them. */
public final class Numbers {
  private Numbers() {}

  /** A count with at most four digits and a letter: 17.4M. */
  public static String count(long count) {
    if (count < 10_000) {
      return Long.toString(count);
    }
    String[] units = {"k", "M", "G", "T", "P"};
    double value = count;
    int unit = -1;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f%s" : "%.1f%s", value, units[unit]);
  }

  /** A share in percent with one decimal. */
  public static String percent(long part, long whole) {
    return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
  }
}
