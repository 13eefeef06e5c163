package io.disassembler.extraction;

import io.disassembler.base.Stable;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Cost;
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
import java.util.function.Function;

/**
 * What may be kept within budgets: channels along principal axes, at resolutions at which little is
 * lost, where images tell how much errors of the full network's layers count; else the full
 * network's own. Ranked once, for any budget.
 */
@Stable
public final class Candidates {
  private final Function<Budget, List<Candidate>> within;

  private Candidates(Function<Budget, List<Candidate>> within) {
    this.within = within;
  }

  static Candidates of(
      Anatomy anatomy, Profile profile, List<Integer> categories, Extraction.Recipe recipe) {
    Basis own = Basis.asIs(anatomy, profile);
    Evidence evidence = recipe.evidence(profile);
    if (recipe.criterion() != Criterion.RECONSTRUCTION
        || evidence.images().isEmpty()
        || !recipe.recovery().followsImages()) {
      Basis basis = Resolutions.required(own, recipe.scale());
      Ranking ranking = recipe.criterion().rank(basis.anatomy(), evidence, categories);
      Cost full = Costing.of(anatomy);
      Cost whole = Costing.of(basis.anatomy());
      return new Candidates(
          budget -> List.of(new Candidate(basis, ranking.select(budget.ofInstead(full, whole)))));
    }
    ErrorWeights weights = DecisionWeights.of(anatomy, evidence, categories);
    Basis basis = PrincipalChannels.of(own, evidence.images(), weights).orElse(own);
    Evidence seen = recipe.evidence(basis.profile());
    HarmRanking ranking =
        HarmRanking.of(
            basis.anatomy(),
            basis.profile(),
            basis.principal() ? DecisionWeights.of(basis.anatomy(), seen, categories) : weights,
            Costing.of(anatomy));
    if (recipe.resolution() != null) {
      Basis reduced = Resolutions.required(basis, recipe.scale());
      HarmRanking there = ranking.on(reduced.anatomy());
      return new Candidates(budget -> List.of(new Candidate(reduced, there.select(budget))));
    }
    return new Candidates(new Resolutions(anatomy, basis, ranking, evidence, categories)::within);
  }

  /**
   * Candidates within {@code budget} of which any may turn out best once it is recovered and tried
   * on images, the most promising first.
   *
   * @throws io.disassembler.base.UnattainableException if nothing is within it
   */
  public List<Candidate> within(Budget budget) {
    return within.apply(budget);
  }
}
