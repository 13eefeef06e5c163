package io.disassembler.data;

import java.util.Locale;

/** How a network's scores become categories. */
public enum DecisionRule {
  /** Each pixel has one category: that with the highest score. */
  EXCLUSIVE,
  /** Each category is there or not, whatever the others are: a pixel may have several, or none. */
  INDEPENDENT;

  /**
   * As many categories may be independent: where they overlap, a pixel's are the bits of one
   * number.
   */
  public static final int MOST_INDEPENDENT = 31;

  /** As cards spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
