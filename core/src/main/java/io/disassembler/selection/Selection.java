package io.disassembler.selection;

import io.disassembler.base.Stable;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.ChannelGroups;
import io.disassembler.channel.Channels;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** The channel groups of a network that are kept. Immutable. */
@Stable
public final class Selection {
  private final BitSet kept;
  private final int groups;

  private Selection(BitSet kept, int groups) {
    this.kept = kept;
    this.groups = groups;
  }

  /** Keeps every group. */
  public static Selection all(ChannelGroups groups) {
    BitSet kept = new BitSet();
    kept.set(0, groups.groups().size());
    return new Selection(kept, groups.groups().size());
  }

  /**
   * Keeps the groups in {@code kept}.
   *
   * @throws IllegalArgumentException if a family would be left without any group
   */
  public static Selection of(ChannelGroups groups, BitSet kept) {
    BitSet families = new BitSet();
    for (ChannelGroup group : groups.groups()) {
      if (kept.get(group.id())) {
        families.set(group.family());
      }
    }
    if (families.cardinality() != groups.families()) {
      throw new IllegalArgumentException(
          "family " + families.nextClearBit(0) + " of channel groups would be left empty");
    }
    return new Selection((BitSet) kept.clone(), groups.groups().size());
  }

  public boolean keeps(int group) {
    return group == Channels.FIXED || kept.get(group);
  }

  /** Number of groups kept. */
  public int size() {
    return kept.cardinality();
  }

  /** Number of groups there are. */
  public int outOf() {
    return groups;
  }

  /** The ids of the kept groups. */
  public BitSet kept() {
    return (BitSet) kept.clone();
  }

  /** Number of indices of {@code channels} that are kept. */
  public int count(Channels channels) {
    int count = 0;
    for (int group : channels.groups()) {
      count += keeps(group) ? 1 : 0;
    }
    return count;
  }

  /** Tells apart what is kept of different {@code channels} of equal length. */
  String key(Channels channels) {
    BitSet indices = new BitSet();
    for (int i = 0; i < channels.groups().length; i++) {
      indices.set(i, keeps(channels.groups()[i]));
    }
    return Arrays.toString(indices.toLongArray());
  }

  /** The indices of {@code channels} that are kept, ascending. */
  public int[] kept(Channels channels) {
    return IntStream.range(0, channels.groups().length)
        .filter(i -> keeps(channels.groups()[i]))
        .toArray();
  }
}
