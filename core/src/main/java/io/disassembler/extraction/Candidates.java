package io.disassembler.extraction;

import io.disassembler.base.Stable;
import io.disassembler.base.UnattainableException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What may be kept within budgets: channels along principal axes and the full network's own, at
 * resolutions at which little is lost, where images tell how much errors of the full network's
 * layers count; else the full network's own. Ranked once, for any budget.
 */
@Stable
public final class Candidates {
  private static final String TASK = "Ranking channels";
  private static final int STEPS = 3;

  /** What is selected from each basis, the most promising basis first. */
  private final List<Function<Budget, List<Candidate>>> ofBases;

  private Candidates(List<Function<Budget, List<Candidate>>> ofBases) {
    this.ofBases = List.copyOf(ofBases);
  }

  static Candidates of(
      Anatomy anatomy,
      Profile profile,
      List<Integer> categories,
      Extraction.Recipe recipe,
      ExtractionListener listener) {
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
          List.of(
              budget ->
                  List.of(new Candidate(basis, ranking.select(budget.ofInstead(full, whole))))));
    }
    listener.reached(TASK, 0, STEPS);
    ErrorWeights weights = DecisionWeights.of(anatomy, evidence, categories);
    listener.reached(TASK, 1, STEPS);
    ResolutionLoss loss = new ResolutionLoss(anatomy, evidence, categories);
    List<Function<Budget, List<Candidate>>> ofBases = new ArrayList<>();
    PrincipalChannels.of(own, evidence.images(), weights)
        .ifPresent(
            principal ->
                ofBases.add(
                    within(
                        principal,
                        DecisionWeights.of(
                            principal.anatomy(), recipe.evidence(principal.profile()), categories),
                        loss,
                        recipe.resolution())));
    listener.reached(TASK, 2, STEPS);
    ofBases.add(within(own, weights, loss, recipe.resolution()));
    listener.reached(TASK, STEPS, STEPS);
    return new Candidates(ofBases);
  }

  private static Function<Budget, List<Candidate>> within(
      Basis basis, ErrorWeights weights, ResolutionLoss loss, @Nullable Double resolution) {
    HarmRanking ranking = HarmRanking.of(basis.anatomy(), basis.profile(), weights, loss.full());
    if (resolution == null) {
      return new Resolutions(basis, ranking, loss)::within;
    }
    Basis reduced = Resolutions.required(basis, resolution);
    HarmRanking there = ranking.on(reduced.anatomy());
    return budget -> List.of(new Candidate(reduced, there.select(budget)));
  }

  /** Those of each basis alone, the most promising basis first. */
  public List<Candidates> ofEachBasis() {
    return ofBases.stream().map(one -> new Candidates(List.of(one))).toList();
  }

  /**
   * Candidates within {@code budget} of which any may turn out best once it is recovered and tried
   * on images, the most promising first.
   *
   * @throws UnattainableException if nothing is within it
   */
  public List<Candidate> within(Budget budget) {
    List<Candidate> all = new ArrayList<>();
    UnattainableException none = null;
    for (Function<Budget, List<Candidate>> one : ofBases) {
      try {
        all.addAll(one.apply(budget));
      } catch (UnattainableException e) {
        none = e;
      }
    }
    if (all.isEmpty() && none != null) {
      throw none;
    }
    return all.stream().filter(candidate -> isWorthMore(candidate, all)).toList();
  }

  /**
   * Principal channels are a way to lose less: where the network's own need not lose any, at no
   * lower resolution, they only cost more.
   */
  private static boolean isWorthMore(Candidate candidate, List<Candidate> all) {
    return !candidate.basis().principal()
        || all.stream()
            .noneMatch(
                other ->
                    !other.basis().principal()
                        && other.isWhole()
                        && other.basis().resolution() >= candidate.basis().resolution());
  }
}
