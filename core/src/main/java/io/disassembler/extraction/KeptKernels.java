package io.disassembler.extraction;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.graph.Node;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Selections as plans write them down: per layer, by its output's name, the kernels kept. */
final class KeptKernels {
  private KeptKernels() {}

  /** The kernels that {@code selection} keeps, per layer with kernels to remove. */
  static Map<String, String> of(Anatomy anatomy, Selection selection) {
    Map<String, BitSet> perLayer = new TreeMap<>();
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        BitSet layer = perLayer.computeIfAbsent(layer(anatomy, kernel), name -> new BitSet());
        layer.set(kernel.index(), selection.keeps(group.id()));
      }
    }
    Map<String, String> kept = new TreeMap<>();
    perLayer.forEach((layer, indices) -> kept.put(layer, ranges(indices)));
    return kept;
  }

  /**
   * The selection that keeps those kernels.
   *
   * @param kept ranges by layer, as {@link #of} makes them
   * @param file what the plan is called in messages
   * @throws InvalidInputException if it does not fit the network
   */
  static Selection selection(Map<String, String> kept, Anatomy anatomy, String file) {
    BitSet groups = new BitSet();
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        String layer = kept.get(layer(anatomy, kernel));
        if (layer == null) {
          throw new InvalidInputException(
              "%s: the plan says nothing of layer '%s' of %s"
                  .formatted(file, layer(anatomy, kernel), anatomy.network().name()));
        }
        if (indices(layer, file).get(kernel.index())) {
          groups.set(group.id());
        }
      }
    }
    try {
      return Selection.of(anatomy.groups(), groups);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(file + ": the plan leaves a layer empty", e);
    }
  }

  private static String layer(Anatomy anatomy, ChannelGroup.Kernel kernel) {
    Node node = anatomy.step(kernel.step()).node();
    return node.outputs().get(0);
  }

  private static String ranges(BitSet indices) {
    List<String> ranges = new ArrayList<>();
    for (int start = indices.nextSetBit(0); start >= 0; ) {
      int end = indices.nextClearBit(start);
      ranges.add(end - start == 1 ? "" + start : start + "-" + (end - 1));
      start = indices.nextSetBit(end);
    }
    return String.join(",", ranges);
  }

  private static BitSet indices(String ranges, String file) {
    BitSet indices = new BitSet();
    for (String range : ranges.split(",", -1)) {
      if (!range.matches("\\d{1,9}(-\\d{1,9})?")) {
        throw new InvalidInputException(
            "%s: '%s' in the plan is no range of kernels such as 0-3,7".formatted(file, range));
      }
      String[] ends = range.split("-", -1);
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      if (last < first) {
        throw new InvalidInputException(
            "%s: '%s' in the plan ends before it begins".formatted(file, range));
      }
      indices.set(first, last + 1);
    }
    return indices;
  }
}
