package io.disassembler.check;

import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.ChannelGroups;
import io.disassembler.selection.Selection;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Selections that no criterion would make: what holds for them holds for every selection. */
public final class RandomSelection {
  private static final double FEWEST = 0.2;
  private static final double MOST = 0.9;

  private RandomSelection() {}

  /** Keeps 20 to 90 % of the groups of each family, another share in each, and at least one. */
  public static Selection of(ChannelGroups groups, Random random) {
    TreeMap<Integer, List<Integer>> families =
        groups.groups().stream()
            .collect(
                Collectors.groupingBy(
                    ChannelGroup::family,
                    TreeMap::new,
                    Collectors.mapping(ChannelGroup::id, Collectors.toList())));
    BitSet kept = new BitSet();
    for (List<Integer> family : families.values()) {
      double share = FEWEST + (MOST - FEWEST) * random.nextDouble();
      Collections.shuffle(family, random);
      family.subList(0, Math.max(1, (int) Math.round(share * family.size()))).forEach(kept::set);
    }
    return Selection.of(groups, kept);
  }
}
