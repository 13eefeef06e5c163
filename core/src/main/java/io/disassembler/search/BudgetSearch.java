package io.disassembler.search;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Stable;
import io.disassembler.base.UnattainableException;
import io.disassembler.extraction.Extraction.SubNetwork;
import io.disassembler.selection.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the share of the MACs with which a sub-network just measures up, by bisection: takes
 * for granted that what is measured rises or falls with the share, and tries about eight
 * candidates.
 */
@Stable
public final class BudgetSearch {
  /** The shares that end the search differ by at most this factor. */
  private static final double PRECISION = 1.05;

  private static final double LEAST_SHARE = 0.01;

  private final Function<Budget, SubNetwork> extract;
  private final Requirement requirement;
  private final List<Candidate> tried = new ArrayList<>();
  private final TriedCandidates earlier;
  private @Nullable SubNetwork best;
  private @Nullable Candidate bestCandidate;

  private BudgetSearch(
      Function<Budget, SubNetwork> extract, Requirement requirement, TriedCandidates earlier) {
    this.extract = extract;
    this.requirement = requirement;
    this.earlier = earlier;
  }

  /**
   * A sub-network that was tried.
   *
   * @param share of the full network's MACs that was asked for
   * @param finding what was measured, or why there is no such sub-network
   */
  public record Candidate(double share, Requirement.Finding finding) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "at %.1f %% of the MACs %s", 100 * share, finding.text());
    }
  }

  /**
   * The sub-network that was looked for.
   *
   * @param candidate how it measured up
   * @param tried all candidates, in order
   */
  public record Found(SubNetwork network, Candidate candidate, List<Candidate> tried) {
    public Found {
      tried = List.copyOf(tried);
    }
  }

  /**
   * The smallest sub-network that meets a requirement which more channels make easier, or the
   * largest that meets one which fewer make easier.
   *
   * @param extract makes the sub-network within a budget
   * @throws InvalidInputException if none was found; says what the candidates measured
   */
  public static Found search(Function<Budget, SubNetwork> extract, Requirement requirement) {
    return search(extract, requirement, TriedCandidates.unsaved());
  }

  /**
   * The same, going on where an earlier search stopped.
   *
   * @param earlier what that tried; takes up what this one tries
   */
  public static Found search(
      Function<Budget, SubNetwork> extract, Requirement requirement, TriedCandidates earlier) {
    return new BudgetSearch(extract, requirement, earlier).search();
  }

  private Found search() {
    boolean more = requirement.favoursMore();
    double low = 0;
    double high = 1;
    // Nothing cut, nothing lost: only time has to be measured there.
    boolean done = !more && meets(1);
    while (!done && (low > 0 ? high > low * PRECISION : high > LEAST_SHARE)) {
      double share = low > 0 ? (low + high) / 2 : high / 2;
      if (meets(share) == more) {
        high = share;
      } else {
        low = share;
      }
    }
    if (bestCandidate == null) {
      throw new InvalidInputException(
          "%s: no sub-network has it; %s"
              .formatted(
                  requirement.text(),
                  tried.stream().map(Candidate::toString).collect(Collectors.joining(", "))),
          requirement.setting());
    }
    // What an earlier search measured is made again.
    SubNetwork network = best != null ? best : make(bestCandidate.share());
    return new Found(network, bestCandidate, tried);
  }

  private boolean meets(double share) {
    Optional<Candidate> known = earlier.of(share);
    Candidate candidate = known.orElseGet(() -> measured(share));
    tried.add(candidate);
    if (known.isPresent() && candidate.finding().met()) {
      best = null;
      bestCandidate = candidate;
    }
    return candidate.finding().met();
  }

  private Candidate measured(double share) {
    SubNetwork network;
    try {
      network = make(share);
    } catch (UnattainableException e) {
      return new Candidate(share, new Requirement.Finding(false, "there is none"));
    }
    Candidate candidate = new Candidate(share, requirement.measure(network));
    if (candidate.finding().met()) {
      best = network;
      bestCandidate = candidate;
    }
    earlier.add(candidate);
    return candidate;
  }

  private SubNetwork make(double share) {
    return extract.apply(new Budget(Budget.Measure.MACS, share));
  }
}
