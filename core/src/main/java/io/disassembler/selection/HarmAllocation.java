package io.disassembler.selection;

import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Cost;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts each family of channel groups as deeply as it is redundant: takes blocks of groups away in
 * the order of an {@link Elimination}, always the block that does least harm for what it saves,
 * until a budget is met. What a block is: {@link FamilyBlocks}.
 */
final class HarmAllocation {
  private final Anatomy anatomy;
  private final Elimination elimination;
  private final FamilyBlocks blocks;
  private final double depth;
  private final BitSet principal;
  private final int[] removed;

  /**
   * @param depth harm counts as divided by the share of the family that is left, to this power: 0
   *     takes predictions as they are; more makes up for what they leave out, that errors in what
   *     few channels are left add up over layers that stand in for each other
   * @param principal families whose channels lie along principal axes: few of them are meant to be
   *     left, and predictions of what the others cost are taken as they are
   */
  HarmAllocation(Anatomy anatomy, Elimination elimination, double depth, BitSet principal) {
    this.anatomy = anatomy;
    this.elimination = elimination;
    this.depth = depth;
    this.principal = principal;
    blocks = new FamilyBlocks(anatomy.groups());
    removed = new int[blocks.families()];
  }

  /**
   * The selection within {@code budget}.
   *
   * @throws UnattainableException if even one group of each family exceeds it
   */
  Selection select(Budget budget) {
    Cost full = Costing.of(anatomy);
    List<Integer> taken = new ArrayList<>();
    Selection current = selection();
    while (!budget.allows(Costing.of(anatomy, current), full)) {
      double[] savings = Savings.of(anatomy, current, budget.measure());
      int family = leastHarmful(savings);
      if (family < 0) {
        throw budget.cannotBeMet(anatomy, Costing.of(anatomy, current), full);
      }
      removed[family] += next(family);
      taken.add(family);
      current = selection();
    }
    giveBack(taken, budget, full);
    return selection();
  }

  /** Puts back what the last steps took too much of, the most harmful first. */
  private void giveBack(List<Integer> taken, Budget budget, Cost full) {
    List<Integer> families = new ArrayList<>(taken.stream().distinct().toList());
    families.sort(
        Comparator.comparingDouble(
            family -> -harm(family, removed[family] - last(family), removed[family])));
    for (int family : families) {
      int block = last(family);
      removed[family] -= block;
      if (!budget.allows(Costing.of(anatomy, selection()), full)) {
        removed[family] += block;
      }
    }
  }

  private int leastHarmful(double[] savings) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int family = 0; family < blocks.families(); family++) {
      int block = next(family);
      if (block == 0) {
        continue;
      }
      double saved = 0;
      for (int group :
          elimination.order(family).subList(removed[family], removed[family] + block)) {
        saved += savings[group];
      }
      double left = 1 - (removed[family] + 0.5 * block) / blocks.size(family);
      double ratio =
          harm(family, removed[family], removed[family] + block)
              / (principal.get(family) ? 1 : Math.pow(left, depth))
              / Math.max(saved, 1e-30);
      if (best < 0 || ratio < least) {
        least = ratio;
        best = family;
      }
    }
    return best;
  }

  private double harm(int family, int from, int to) {
    double sum = 0;
    for (int group : elimination.order(family).subList(from, to)) {
      sum += elimination.harm(group);
    }
    return sum;
  }

  /** How many groups of {@code family} go next; 0 if no more can. */
  private int next(int family) {
    int left = blocks.size(family) - removed[family];
    int unit = blocks.unit(family);
    if (left > unit) {
      return left % unit == 0 ? unit : left % unit;
    }
    return Math.min(left - 1, Math.max(1, unit / 2));
  }

  /** How many groups of {@code family} went last. */
  private int last(int family) {
    int left = blocks.size(family) - removed[family];
    int unit = blocks.unit(family);
    return Math.min(left >= unit ? unit : 1, removed[family]);
  }

  private Selection selection() {
    BitSet kept = new BitSet();
    kept.set(0, anatomy.groups().groups().size());
    for (int family = 0; family < blocks.families(); family++) {
      elimination.order(family).subList(0, removed[family]).forEach(kept::clear);
    }
    return Selection.of(anatomy.groups(), kept);
  }
}
