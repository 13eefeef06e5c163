package io.disassembler.comparison;

/**
 * A way to make a sub-network.
 *
 * @param profile name of the profile that it learns from
 * @param criterion what ranks channels, or what the control is called
 * @param recovery how what is lost is made up for
 * @param keepMacs the share of the MACs asked for, in (0, 1]
 */
public record Approach(String profile, String criterion, String recovery, double keepMacs) {
  /** Control: the full network, its categories renamed. */
  public static final Approach UNTOUCHED = new Approach("", "untouched", "none", 1);

  /** Control: the full network with a sub-network's head, nothing else cut. */
  public static final Approach HEAD_ONLY = new Approach("", "head-only", "none", 1);

  /** True for a network from which no channels are removed. */
  public boolean control() {
    return equals(UNTOUCHED) || equals(HEAD_ONLY);
  }
}
