package io.disassembler;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.base.Sha256;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Sample;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.extraction.Candidate;
import io.disassembler.extraction.Candidates;
import io.disassembler.extraction.Extraction;
import io.disassembler.search.BudgetSearch;
import io.disassembler.search.Requirement;
import io.disassembler.search.RetentionFloor;
import io.disassembler.search.TriedCandidates;
import io.disassembler.selection.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks for how much a sub-network must keep to be fast or good enough.
 *
 * @param extraction saves what was tried on the way
 * @param recipe for candidates, within other budgets than its own
 */
record SizeSearch(
    SegmentationNetwork network,
    Extraction extraction,
    List<Integer> categories,
    Extraction.Recipe recipe) {

  /** About how many sub-networks of a basis are timed. */
  private static final long TIMINGS = 8;

  /**
   * The best of those that are just fast enough. How long one takes does not depend on its weights,
   * so that what is timed is not recovered: only the largest of each basis is, to be tried on
   * images.
   */
  BudgetSearch.Found fast(Requirement latency) {
    List<Candidates> bases = extraction.candidates(categories, recipe).ofEachBasis();
    List<Largest> largest =
        Steps.count(
            network.progress(),
            "Timing sub-networks",
            TIMINGS * bases.size(),
            steps -> largest(latency, bases, steps));
    Candidate best =
        extraction.best(largest.stream().map(Largest::candidate).toList(), categories, recipe);
    BudgetSearch.Found found =
        largest.stream()
            .filter(each -> each.candidate().equals(best))
            .findFirst()
            .orElseThrow()
            .found();
    return new BudgetSearch.Found(
        extraction.extract(categories, recipe.within(budget(found)), best, null),
        found.candidate(),
        found.tried());
  }

  /** The largest of a basis that is fast enough. */
  private record Largest(BudgetSearch.Found found, Candidate candidate) {}

  private List<Largest> largest(Requirement latency, List<Candidates> bases, Steps steps) {
    List<Largest> largest = new ArrayList<>();
    List<InvalidInputException> none = new ArrayList<>();
    for (int basis = 0; basis < bases.size(); basis++) {
      Candidates candidates = bases.get(basis);
      AtomicLong timed = new AtomicLong(TIMINGS * basis);
      try {
        BudgetSearch.Found found =
            BudgetSearch.search(
                budget -> {
                  steps.done(timed.getAndIncrement(), TIMINGS * bases.size());
                  return extraction.unrecovered(
                      categories, recipe.within(budget), candidates.within(budget).get(0));
                },
                latency,
                tried(basis, latency, List.of()));
        largest.add(new Largest(found, candidates.within(budget(found)).get(0)));
      } catch (InvalidInputException e) {
        none.add(e);
      }
    }
    if (largest.isEmpty()) {
      throw none.get(0);
    }
    return largest;
  }

  private static Budget budget(BudgetSearch.Found found) {
    return new Budget(Budget.Measure.MACS, found.candidate().share());
  }

  /**
   * The smallest that keeps enough.
   *
   * @param least share of each category's IoU that is kept on images held out
   * @param latency that it must have all the same; null if it may take as long as it likes
   */
  BudgetSearch.Found good(double least, HeldOut heldOut, @Nullable Requirement latency) {
    Candidates candidates = extraction.candidates(categories, recipe);
    BudgetSearch.Found found;
    try (ReferenceImages images = heldOut.load(network, extraction.profile())) {
      CategoryMapping mapping = network.card().mapping(categories);
      RetentionFloor floor = new RetentionFloor(images, mapping, least);
      found =
          BudgetSearch.search(
              budget ->
                  extraction.extract(
                      categories, recipe.within(budget), candidates.within(budget).get(0), null),
              floor,
              tried(
                  0,
                  floor,
                  heldOut.samples(extraction.profile()).stream().map(Sample::name).toList()));
    }
    if (latency != null) {
      requireFast(latency, least, found);
    }
    return found;
  }

  private static void requireFast(Requirement latency, double least, BudgetSearch.Found found) {
    Requirement.Finding finding = latency.measure(found.network());
    if (!finding.met()) {
      throw new InvalidInputException(
          "%s: not with at least %s of each category's IoU: the smallest network found keeps that, but %s; ask for less"
              .formatted(latency.text(), least, finding.text()),
          latency.setting(),
          Setting.RETENTION_FLOOR);
    }
  }

  /** What an earlier search of this kind tried: one about all that its result depends on. */
  private TriedCandidates tried(int basis, Requirement requirement, List<String> images) {
    String run =
        Sha256.of(
            String.join(
                "\n",
                network.sha256(),
                extraction.profileSha256(),
                categories.toString(),
                recipe.criterion().id(),
                recipe.recovery().id(),
                String.valueOf(recipe.resolution()),
                recipe.calibration() == null ? "" : recipe.calibration().sha256(),
                requirement.text(),
                images.toString(),
                Integer.toString(network.threads())));
    return TriedCandidates.in(extraction.checkpoint(), "search-" + basis, run);
  }
}
