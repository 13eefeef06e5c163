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
    static Ranked of(Basis basis, List<Integer> categories, Extraction.Recipe recipe) {
      return new Ranked(
          basis,
          recipe.criterion().rank(basis.anatomy(), recipe.evidence(basis.profile()), categories));
    }

    List<Candidate> within(Budget budget) {
      return ranking.candidates(budget).stream()
          .map(selection -> new Candidate(basis, selection))
          .toList();
    }
  }

  static Candidates of(
      Anatomy anatomy, Profile profile, List<Integer> categories, Extraction.Recipe recipe) {
    boolean followed =
        recipe.criterion() == Criterion.RECONSTRUCTION
            && recipe.calibration() != null
            && recipe.recovery().followsImages();
    return new Candidates(
        Ranked.of(Basis.asIs(anatomy, profile), categories, recipe),
        (followed
                ? PrincipalChannels.of(anatomy, recipe.evidence(profile), categories)
                : Optional.<Basis>empty())
            .map(basis -> Ranked.of(basis, categories, recipe)));
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
