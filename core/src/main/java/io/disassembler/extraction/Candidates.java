package io.disassembler.extraction;

import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.principal.Basis;
import io.disassembler.principal.PrincipalChannels;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.DecisionWeights;
import io.disassembler.selection.ErrorWeights;
import io.disassembler.selection.Evidence;
import io.disassembler.selection.HarmRanking;
import io.disassembler.selection.Ranking;
import java.util.List;

/**
 * What may be kept within budgets: channels along principal axes, where images tell how much errors
 * of the full network's layers count and some of these meet linearly, else the full network's own.
 * Ranked once, for any budget.
 */
@Stable
public final class Candidates {
  private final Basis basis;
  private final Ranking ranking;

  private Candidates(Basis basis, Ranking ranking) {
    this.basis = basis;
    this.ranking = ranking;
  }

  static Candidates of(
      Anatomy anatomy, Profile profile, List<Integer> categories, Extraction.Recipe recipe) {
    Basis own = Basis.asIs(anatomy, profile);
    Evidence evidence = recipe.evidence(profile);
    if (recipe.criterion() != Criterion.RECONSTRUCTION
        || evidence.images().isEmpty()
        || !recipe.recovery().followsImages()) {
      return new Candidates(own, recipe.criterion().rank(anatomy, evidence, categories));
    }
    ErrorWeights weights = DecisionWeights.of(anatomy, evidence, categories);
    Basis basis = PrincipalChannels.of(anatomy, evidence, weights).orElse(own);
    Evidence seen = recipe.evidence(basis.profile());
    return new Candidates(
        basis,
        HarmRanking.of(
            basis.anatomy(),
            basis.profile(),
            basis.principal() ? DecisionWeights.of(basis.anatomy(), seen, categories) : weights,
            Costing.of(anatomy)));
  }

  /**
   * Candidates within {@code budget} of which any may turn out best once it is recovered and tried
   * on images, the most promising first.
   *
   * @throws io.disassembler.base.UnattainableException if nothing is within it
   */
  public List<Candidate> within(Budget budget) {
    return ranking.candidates(budget).stream()
        .map(selection -> new Candidate(basis, selection))
        .toList();
  }
}
