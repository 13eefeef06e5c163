package io.disassembler.comparison;

/**
 * A way to make a sub-network.
 *
 * @param profile name of the profile that it learns from
 * @param criterion what ranks channels, or what the control is called
 * @param recovery how what is lost is made up for
 * @param keepMacs the share of the MACs asked for, in (0, 1]
 * @param finetuning name of the {@link Finetuning} that follows, or {@value #NOT_FINETUNED}
 */
public record Approach(
    String profile, String criterion, String recovery, double keepMacs, String finetuning) {
  /** No training at all. */
  public static final String NOT_FINETUNED = "none";

  /** Control: the full network, its categories renamed. */
  public static final Approach UNTOUCHED = new Approach("", "untouched", "none", 1);

  /** Control: the full network with a sub-network's head, nothing else cut. */
  public static final Approach HEAD_ONLY = new Approach("", "head-only", "none", 1);

  /** One without training. */
  public Approach(String profile, String criterion, String recovery, double keepMacs) {
    this(profile, criterion, recovery, keepMacs, NOT_FINETUNED);
  }

  /** The same, finetuned as {@code name} says. */
  public Approach finetuned(String name) {
    return new Approach(profile, criterion, recovery, keepMacs, name);
  }

  /** True if training follows. */
  public boolean finetuned() {
    return !finetuning.equals(NOT_FINETUNED);
  }

  /** True for a network from which no channels are removed. */
  public boolean control() {
    return equals(UNTOUCHED) || equals(HEAD_ONLY);
  }
}
