package io.disassembler.selection;

import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.ChannelGroups;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * By how many groups at a time families are cut: ONNX Runtime's convolutions work on blocks of 8
 * channels and lose a third of their speed on other counts, so that a family of two blocks and more
 * keeps whole blocks, and a smaller one any number.
 */
final class FamilyBlocks {
  static final int CHANNELS = 8;

  private final int[] sizes;
  private final int[] blocks;

  FamilyBlocks(ChannelGroups groups) {
    sizes = new int[groups.families()];
    int[] width = new int[sizes.length];
    for (ChannelGroup group : groups.groups()) {
      sizes[group.family()]++;
      width[group.family()] = Math.max(width[group.family()], width(group));
    }
    blocks =
        Arrays.stream(width)
            .map(channels -> Math.max(1, CHANNELS / Math.max(1, channels)))
            .toArray();
  }

  /** The most channels that a group has in one layer. */
  private static int width(ChannelGroup group) {
    Map<Integer, Integer> channels = new HashMap<>();
    group.kernels().forEach(kernel -> channels.merge(kernel.step(), 1, Integer::sum));
    return channels.values().stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  /** Number of families. */
  int families() {
    return sizes.length;
  }

  /** Number of groups of a family. */
  int size(int family) {
    return sizes[family];
  }

  /** Number of groups of a family whose channels make one block. */
  int block(int family) {
    return blocks[family];
  }

  /** True if a family is large enough to be cut block by block. */
  boolean isCutInBlocks(int family) {
    return sizes[family] >= 2 * blocks[family];
  }

  /** By how many groups a family is cut at a time. */
  int unit(int family) {
    return isCutInBlocks(family) ? blocks[family] : 1;
  }
}
