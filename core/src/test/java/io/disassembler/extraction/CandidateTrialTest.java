package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.principal.Basis;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.GroupedNetwork;
import io.disassembler.selection.Selection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateTrialTest {
  private static final List<Integer> CHOSEN = List.of(1);
  private static final Anatomy ANATOMY = GroupedNetwork.anatomy();
  private static final Profile PROFILE = Profiles.random(ANATOMY, 12, 1);
  private static final NetworkCard CARD = NetworkCard.unnamed(4);
  private static final Budget HALF = new Budget(Budget.Measure.MACS, 0.5);

  private static Calibration images(int count) {
    return Calibration.of(
        ANATOMY,
        "logits",
        IntStream.range(0, count)
            .mapToObj(i -> Map.of("image", GroupedNetwork.image(200 + i)))
            .toList());
  }

  private static Selection by(Criterion criterion) {
    return HALF.select(ANATOMY, PROFILE, CHOSEN, criterion);
  }

  private static Selection best(List<Selection> candidates, int images) {
    Basis own = Basis.asIs(ANATOMY, PROFILE);
    return new CandidateTrial(ANATOMY, CARD, CHOSEN, ExtractionListener.none())
        .best(
            candidates.stream().map(selection -> new Candidate(own, selection)).toList(),
            images(images))
        .selection();
  }

  @Test
  void takesWhatDivergesLeastWhateverComesFirst() {
    Selection good = by(Criterion.RECONSTRUCTION);
    Selection random = by(Criterion.RANDOM);
    assertThat(best(List.of(random, good), 16).kept()).isEqualTo(good.kept());
    assertThat(best(List.of(good, random), 16).kept()).isEqualTo(good.kept());
  }

  @Test
  void takesTheFirstWhereImagesAreTooFewToTell() {
    Selection random = by(Criterion.RANDOM);
    assertThat(best(List.of(random, by(Criterion.RECONSTRUCTION)), 8)).isSameAs(random);
  }
}
