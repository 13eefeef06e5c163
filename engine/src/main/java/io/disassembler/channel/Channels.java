package io.disassembler.channel;

import io.disassembler.base.Stable;
import java.util.Arrays;

/**
 * The group of each index along a tensor's channel axis.
 *
 * @param axis the channel axis, from the front
 * @param groups group id per index; {@link #FIXED} where the index is never removed
 */
@Stable
public record Channels(int axis, int[] groups) {
  /** Stands for "not removable" in {@link #groups}. */
  public static final int FIXED = -1;

  /** Number of indices that can be removed. */
  public int removable() {
    return (int) Arrays.stream(groups).filter(group -> group != FIXED).count();
  }
}
