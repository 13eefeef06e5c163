package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Evidence;
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
    return new CandidateTrial(ANATOMY, PROFILE, CARD, CHOSEN).best(candidates, images(images));
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

  @Test
  void extractionTriesTheCriterionsCandidatesWhereImagesAreFollowed() {
    Calibration images = images(24);
    Evidence evidence =
        new Evidence(PROFILE, images.batches().stream().map(Calibration.Batch::inputs).toList());
    List<Selection> candidates =
        HALF.candidates(ANATOMY, evidence, CHOSEN, Criterion.RECONSTRUCTION);
    assertThat(candidates.stream().map(Selection::kept).distinct()).hasSizeGreaterThan(1);
    assertThat(candidates.get(0).kept())
        .isEqualTo(HALF.select(ANATOMY, evidence, CHOSEN, Criterion.RECONSTRUCTION).kept());
    Selection wanted = best(candidates, 24);

    Extraction extraction = new Extraction(ANATOMY, "model", CARD, PROFILE, "profile");
    Extraction.SubNetwork made =
        extraction.extract(
            CHOSEN,
            new Extraction.Recipe(
                Criterion.RECONSTRUCTION, HALF, RecoveryMethod.CLOSED_LOOP, images));
    assertThat(made.selection().kept()).isEqualTo(wanted.kept());
    Extraction.SubNetwork ridge =
        extraction.extract(
            CHOSEN,
            new Extraction.Recipe(Criterion.RECONSTRUCTION, HALF, RecoveryMethod.RIDGE, images));
    assertThat(ridge.selection().kept()).isEqualTo(candidates.get(0).kept());
  }
}
