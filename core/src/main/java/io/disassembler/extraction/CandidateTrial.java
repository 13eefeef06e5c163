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

/**
 * Tries candidates on images (docs/architecture.md, "Several candidates"): each is recovered in
 * closed loop on some of them, and the one is taken whose decisions then diverge least from the
 * full network's on the others. What is predicted of cuts one by one does not add up, so that what
 * is best together can only be measured.
 *
 * @param categories indices of the chosen categories
 */
record CandidateTrial(Anatomy anatomy, NetworkCard card, List<Integer> categories) {
  /** One image in so many is followed by the trial's recoveries. */
  private static final int FOLLOWED = 3;

  /** More images hardly change the order. */
  private static final int MOST_FOLLOWED = 8;

  /** With fewer images, chance would choose. */
  private static final int FEWEST_JUDGED = 8;

  /**
   * @param candidates at least one; equal ones are tried once
   * @param calibration the images at hand; where they are too few, the first candidate is taken
   */
  Candidate best(List<Candidate> candidates, Calibration calibration) {
    List<Calibration.Batch> all = calibration.batches();
    int followed = Math.min(MOST_FOLLOWED, all.size() / FOLLOWED);
    List<Candidate> tried = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (tried.stream().noneMatch(candidate::isLike)) {
        tried.add(candidate);
      }
    }
    if (tried.size() == 1 || all.size() - followed < FEWEST_JUDGED) {
      return candidates.get(0);
    }
    Calibration some = new Calibration(all.subList(0, followed));
    List<Network> cut = new ArrayList<>();
    for (Candidate candidate : tried) {
      Selection selection = candidate.selection();
      cut.add(
          Cutter.cut(
              ClosedLoop.recover(
                  candidate.basis().anatomy(),
                  selection,
                  candidate.basis().profile(),
                  some,
                  categories),
              selection));
    }
    Logits logits = Logits.of(anatomy);
    try (Crew crew = anatomy.crew(1)) {
      Decisions decisions =
          new Decisions(
              anatomy,
              logits,
              DecisionScores.of(categories, logits.categories(), card.independent()),
              all.subList(followed, all.size()).stream().map(Calibration.Batch::inputs).toList(),
              crew);
      Candidate best = tried.get(0);
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < tried.size(); i++) {
        double divergence = decisions.divergence(cut.get(i), crew);
        if (divergence < least) {
          least = divergence;
          best = tried.get(i);
        }
      }
      return best;
    }
  }
}
