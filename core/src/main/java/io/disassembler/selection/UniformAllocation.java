package io.disassembler.selection;

import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.graph.Cost;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps about the same share of every family of channel groups, the best first, as large a share as
 * a budget allows.
 */
public final class UniformAllocation {
  private final Anatomy anatomy;
  private final List<List<Integer>> families;
  private final FamilyBlocks blocks;

  /**
   * @param scores score of each group by id; the highest of a family are kept
   */
  public UniformAllocation(Anatomy anatomy, double[] scores) {
    this.anatomy = anatomy;
    blocks = new FamilyBlocks(anatomy.groups());
    families = new ArrayList<>();
    for (int family = 0; family < anatomy.groups().families(); family++) {
      families.add(new ArrayList<>());
    }
    for (ChannelGroup group : anatomy.groups().groups()) {
      families.get(group.family()).add(group.id());
    }
    Comparator<Integer> best = Comparator.comparingDouble(id -> -scores[id]);
    families.forEach(family -> family.sort(best.thenComparing(Comparator.naturalOrder())));
  }

  /**
   * The largest selection within {@code budget}.
   *
   * @throws UnattainableException if even one group of each family exceeds the budget
   */
  public Selection select(Budget budget) {
    Cost full = Costing.of(anatomy);
    if (!budget.allows(cost(counts(0)), full)) {
      throw budget.cannotBeMet(anatomy, cost(counts(0)), full);
    }
    double low = 0;
    double high = 1;
    if (budget.allows(full, full)) {
      low = 1;
    }
    for (int i = 0; i < 30 && low < 1; i++) {
      double middle = (low + high) / 2;
      if (budget.allows(cost(counts(middle)), full)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return selection(filled(counts(low), low, budget, full));
  }

  /**
   * Adds one step to family after family, the most short-changed first, while the budget allows.
   */
  private int[] filled(int[] counts, double share, Budget budget, Cost full) {
    List<Integer> order = new ArrayList<>();
    for (int family = 0; family < counts.length; family++) {
      order.add(family);
    }
    order.sort(
        Comparator.comparingDouble(family -> counts[family] - share * families.get(family).size()));
    for (int family : order) {
      int before = counts[family];
      counts[family] = Math.min(families.get(family).size(), before + blocks.unit(family));
      if (!budget.allows(cost(counts), full)) {
        counts[family] = before;
      }
    }
    return counts;
  }

  private int[] counts(double share) {
    int[] counts = new int[families.size()];
    for (int family = 0; family < counts.length; family++) {
      int size = families.get(family).size();
      int unit = blocks.unit(family);
      int count = (int) Math.round(share * size / unit) * unit;
      counts[family] = Math.max(Math.min(unit, size), Math.min(size, count));
    }
    return counts;
  }

  private Cost cost(int[] counts) {
    return Costing.of(anatomy, selection(counts));
  }

  private Selection selection(int[] counts) {
    BitSet kept = new BitSet();
    for (int family = 0; family < counts.length; family++) {
      families.get(family).subList(0, counts[family]).forEach(kept::set);
    }
    return Selection.of(anatomy.groups(), kept);
  }
}
