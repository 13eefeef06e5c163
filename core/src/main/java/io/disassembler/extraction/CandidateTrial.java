package io.disassembler.extraction;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.attribution.Decisions;
import io.disassembler.attribution.Logits;
import io.disassembler.channel.Anatomy;
import io.disassembler.cut.Cutter;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.Crew;
import io.disassembler.graph.Network;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.ClosedLoop;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries selections on images (docs/architecture.md, "Several allocations"): each is recovered in
 * closed loop on some of them, and the one is taken whose decisions then diverge least from the
 * full network's on the others. What is predicted of cuts one by one does not add up, so that what
 * is best together can only be measured.
 *
 * @param categories indices of the chosen categories
 */
record CandidateTrial(
    Anatomy anatomy, Profile profile, NetworkCard card, List<Integer> categories) {
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
  Selection best(List<Selection> candidates, Calibration calibration) {
    List<Calibration.Batch> all = calibration.batches();
    int followed = Math.min(MOST_FOLLOWED, all.size() / FOLLOWED);
    Map<BitSet, Selection> distinct = new LinkedHashMap<>();
    candidates.forEach(candidate -> distinct.putIfAbsent(candidate.kept(), candidate));
    if (distinct.size() == 1 || all.size() - followed < FEWEST_JUDGED) {
      return candidates.get(0);
    }
    Calibration some = new Calibration(all.subList(0, followed));
    List<Network> cut = new ArrayList<>();
    List<Selection> tried = List.copyOf(distinct.values());
    for (Selection candidate : tried) {
      cut.add(
          Cutter.cut(ClosedLoop.recover(anatomy, candidate, profile, some, categories), candidate));
    }
    Logits logits = Logits.of(anatomy);
    try (Crew crew = anatomy.crew(1)) {
      Decisions decisions =
          new Decisions(
              anatomy,
              logits,
              DecisionScores.of(categories, logits.categories()),
              card.independent(),
              all.subList(followed, all.size()).stream().map(Calibration.Batch::inputs).toList(),
              crew);
      Selection best = tried.get(0);
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < tried.size(); i++) {
        double divergence = decisions.divergence(cut.get(i));
        if (divergence < least) {
          least = divergence;
          best = tried.get(i);
        }
      }
      return best;
    }
  }
}
