package io.disassembler.extraction;

import io.disassembler.base.Stable;
import io.disassembler.base.UnattainableException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What may be kept within budgets: some of the full network's own channels, or, where images tell
 * how much errors of its layers count, some along principal axes. Ranked once, for any budget.
 */
@Stable
public final class Candidates {
  private final Ranked own;
  private final Optional<Ranked> principal;

  private Candidates(Ranked own, Optional<Ranked> principal) {
    this.own = own;
    this.principal = principal;
  }

  private record Ranked(Basis basis, Ranking ranking) {
    List<Candidate> within(Budget budget) {
      return ranking.candidates(budget).stream()
          .map(selection -> new Candidate(basis, selection))
          .toList();
    }
  }

  static Candidates of(
      Anatomy anatomy, Profile profile, List<Integer> categories, Extraction.Recipe recipe) {
    Basis own = Basis.asIs(anatomy, profile);
    Evidence evidence = recipe.evidence(profile);
    if (recipe.criterion() != Criterion.RECONSTRUCTION
        || evidence.images().isEmpty()
        || !recipe.recovery().followsImages()) {
      return new Candidates(
          new Ranked(own, recipe.criterion().rank(anatomy, evidence, categories)),
          Optional.empty());
    }
    ErrorWeights weights = DecisionWeights.of(anatomy, evidence, categories);
    return new Candidates(
        new Ranked(own, HarmRanking.of(anatomy, profile, weights)),
        PrincipalChannels.of(anatomy, evidence, weights)
            .map(
                basis ->
                    new Ranked(
                        basis,
                        recipe
                            .criterion()
                            .rank(basis.anatomy(), recipe.evidence(basis.profile()), categories))));
  }

  /**
   * Candidates within {@code budget} of which any may turn out best once it is recovered and tried
   * on images, the most promising first.
   *
   * @throws UnattainableException if nothing is within it
   */
  public List<Candidate> within(Budget budget) {
    List<Candidate> within = new ArrayList<>();
    principal.ifPresent(
        ranked -> {
          try {
            within.add(ranked.within(same(budget, ranked.basis())).get(0));
          } catch (UnattainableException e) {
            // What cannot be reached along principal axes may be by own channels.
          }
        });
    try {
      List<Candidate> others = own.within(budget);
      within.addAll(within.isEmpty() ? others : others.subList(0, 1));
    } catch (UnattainableException e) {
      if (within.isEmpty()) {
        throw e;
      }
    }
    return within;
  }

  private Budget same(Budget budget, Basis basis) {
    return budget.of(Costing.of(own.basis().anatomy()), Costing.of(basis.anatomy()));
  }
}
