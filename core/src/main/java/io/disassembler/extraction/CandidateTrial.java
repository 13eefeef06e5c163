package io.disassembler.extraction;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Decisions;
import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.cut.Cutter;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.Crew;
import io.disassembler.graph.Network;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.ClosedLoop;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Tries candidates on images (docs/architecture.md, "Several candidates"): each is recovered in
 * closed loop on some of them, and the one is taken whose decisions then diverge least from the
 * full network's on the others. What is predicted of cuts one by one does not add up, so that what
 * is best together can only be measured.
 *
 * @param categories indices of the chosen categories
 * @param listener told how many are tried
 */
record CandidateTrial(
    Anatomy anatomy, NetworkCard card, List<Integer> categories, ExtractionListener listener) {
  private static final String TASK = "Trying candidates";

  /** One image in so many is followed by the trial's recoveries. */
  private static final int FOLLOWED = 3;

  /** More images hardly change the order. */
  private static final int MOST_FOLLOWED = 8;

  /** With fewer images, chance would choose. */
  private static final int FEWEST_JUDGED = 8;

  /**
   * First the most promising of principal channels and of the network's own are tried, then the
   * others of the kind that did better.
   *
   * @param candidates at least one, of each kind the most promising first
   * @param calibration the images at hand; where they are too few, the first candidate is taken
   */
  Candidate best(List<Candidate> candidates, Calibration calibration) {
    List<Calibration.Batch> all = calibration.batches();
    int followed = Math.min(MOST_FOLLOWED, all.size() / FOLLOWED);
    List<Candidate> unlike = firstOf(candidates, Candidate::isLike);
    if (unlike.size() == 1 || all.size() - followed < FEWEST_JUDGED) {
      return candidates.get(0);
    }
    Calibration some = new Calibration(all.subList(0, followed));
    Logits logits = Logits.of(anatomy);
    try (Crew crew = anatomy.crew(1)) {
      Decisions decisions =
          new Decisions(
              anatomy,
              logits,
              DecisionScores.of(categories, logits.categories(), card.independent()),
              all.subList(followed, all.size()).stream().map(Calibration.Batch::inputs).toList(),
              crew);
      AtomicInteger tried = new AtomicInteger();
      Function<Candidate, Tried> trial =
          candidate -> {
            listener.reached(TASK, tried.getAndIncrement(), unlike.size());
            return new Tried(candidate, decisions.divergence(cut(candidate, some), crew));
          };
      List<Candidate> first = firstOf(unlike, Candidate::isOfKind);
      Tried best = first.stream().map(trial).reduce(Tried::orBetter).orElseThrow();
      Tried last =
          unlike.stream()
              .filter(other -> other.isOfKind(best.candidate()) && !first.contains(other))
              .map(trial)
              .reduce(best, Tried::orBetter);
      listener.reached(TASK, unlike.size(), unlike.size());
      return last.candidate();
    }
  }

  /**
   * A candidate that was tried.
   *
   * @param divergence of its decisions from the full network's, nats per image; may be no number
   */
  private record Tried(Candidate candidate, double divergence) {
    Tried orBetter(Tried other) {
      return Double.compare(other.divergence, divergence) < 0 ? other : this;
    }
  }

  /** The first of all that are the same to each other. */
  private static List<Candidate> firstOf(
      List<Candidate> candidates, BiPredicate<Candidate, Candidate> same) {
    List<Candidate> first = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (first.stream().noneMatch(other -> same.test(other, candidate))) {
        first.add(candidate);
      }
    }
    return first;
  }

  private Network cut(Candidate candidate, Calibration some) {
    Selection selection = candidate.selection();
    return Cutter.cut(
        ClosedLoop.recover(
            candidate.basis().anatomy(), selection, candidate.basis().profile(), some, categories),
        selection);
  }
}
