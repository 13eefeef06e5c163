package io.disassembler.search;

import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Ranking;
import io.disassembler.selection.Selection;
import java.util.BitSet;
import java.util.List;

/** How far two profiles of different images agree on what a category's sub-network keeps. */
final class HalvesAgreement {
  /** Shares of the MACs that sub-networks are usually cut to. */
  private static final List<Double> SHARES = List.of(0.5, 0.25);

  private final Anatomy anatomy;

  HalvesAgreement(Anatomy anatomy) {
    this.anatomy = anatomy;
  }

  /**
   * The least agreement over the budgets of interest, from the profiles alone; budgets that the
   * network cannot be cut to do not count.
   *
   * @return Cohen's kappa (1960) over the channel groups; 1 if no budget can be had
   */
  double of(Profile one, Profile other, int category) {
    Ranking first = rank(one, category);
    Ranking second = rank(other, category);
    double least = 1;
    for (double share : SHARES) {
      Budget budget = new Budget(Budget.Measure.MACS, share);
      try {
        least = Math.min(least, kappa(first.select(budget), second.select(budget)));
      } catch (UnattainableException e) {
        break; // and so are all smaller ones
      }
    }
    return least;
  }

  private Ranking rank(Profile profile, int category) {
    return Criterion.RECONSTRUCTION.rank(anatomy, profile, List.of(category));
  }

  /** Agreement beyond what two draws of as many groups would have by chance. */
  static double kappa(Selection one, Selection other) {
    double groups = one.outOf();
    BitSet both = one.kept();
    both.and(other.kept());
    double kept = one.size() / groups;
    double keptToo = other.size() / groups;
    double agreed = (groups - one.size() - other.size() + 2.0 * both.cardinality()) / groups;
    double chance = kept * keptToo + (1 - kept) * (1 - keptToo);
    return chance == 1 ? 1 : (agreed - chance) / (1 - chance);
  }
}
