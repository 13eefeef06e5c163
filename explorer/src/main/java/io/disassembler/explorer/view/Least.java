package io.disassembler.explorer.view;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.graph.Cost;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Selection;
import java.util.BitSet;

/** How small a network can become. */
public final class Least {
  private Least() {}

  /** The cost of keeping one channel group of each family. */
  public static Cost of(Anatomy anatomy) {
    BitSet families = new BitSet();
    BitSet kept = new BitSet();
    for (ChannelGroup group : anatomy.groups().groups()) {
      if (!families.get(group.family())) {
        families.set(group.family());
        kept.set(group.id());
      }
    }
    return Costing.of(anatomy, Selection.of(anatomy.groups(), kept));
  }
}
