package io.disassembler.check;

import io.disassembler.base.Stable;

/**
 * How many pixels get the same category from two networks.
 *
 * @param same pixels with the same category
 * @param pixels all of them, at least 1
 */
@Stable
public record Agreement(long same, long pixels) {

  /** Share of pixels with the same category, in [0, 1]. */
  public double share() {
    return (double) same / pixels;
  }

  /** Whether rounding explains the difference: all but one pixel in ten thousand agree. */
  public boolean holds() {
    return share() >= CheckSettings.AGREEMENT;
  }
}
