package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.principal.BottleneckNetwork;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Criterion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final Budget HALF = new Budget(Budget.Measure.MACS, 0.5);
  private static final Anatomy FULL = BottleneckNetwork.anatomy();
  private static final Profile PROFILE = Profiles.random(FULL, 12, 3);

  /** One that the network of random weights shows at all. */
  private static final List<Integer> CHOSEN =
      IntStream.range(0, 4)
          .filter(category -> PROFILE.category(category).images() > 0)
          .limit(1)
          .boxed()
          .toList();

  private static final Extraction EXTRACTION =
      new Extraction(FULL, "model", NetworkCard.unnamed(4), PROFILE, "profile");

  private static Extraction.Recipe recipe(Criterion criterion) {
    return new Extraction.Recipe(
        criterion,
        HALF,
        RecoveryMethod.CLOSED_LOOP,
        Calibration.of(FULL, "logits", BottleneckNetwork.images(12)));
  }

  @Test
  void principalChannelsComeFirstAndTheNetworksOwnBesidesThem() {
    Candidates candidates = EXTRACTION.candidates(CHOSEN, recipe(Criterion.RECONSTRUCTION));
    assertThat(candidates.ofEachBasis()).hasSize(2);
    List<Candidate> principal = candidates.ofEachBasis().get(0).within(HALF);
    List<Candidate> own = candidates.ofEachBasis().get(1).within(HALF);
    assertThat(principal).isNotEmpty().allMatch(candidate -> candidate.basis().principal());
    assertThat(own).isNotEmpty().noneMatch(candidate -> candidate.basis().principal());
    List<Candidate> all = candidates.within(HALF);
    assertThat(all).hasSize(principal.size() + own.size());
    assertThat(all.get(0).isLike(principal.get(0))).isTrue();
    for (Candidate candidate : all) {
      assertThat(Costing.of(candidate.basis().anatomy(), candidate.selection()).macs())
          .isLessThanOrEqualTo(Costing.of(FULL).macs() / 2);
    }
  }

  @Test
  void whereTheNetworksOwnAllFitPrincipalOnesOnlyCost() {
    Candidates candidates = EXTRACTION.candidates(CHOSEN, recipe(Criterion.RECONSTRUCTION));
    Budget all = new Budget(Budget.Measure.MACS, 1);
    assertThat(candidates.ofEachBasis()).hasSize(2);
    assertThat(candidates.within(all))
        .isNotEmpty()
        .noneMatch(candidate -> candidate.basis().principal())
        .allMatch(Candidate::isWhole);
  }

  @Test
  void itIsToldHowFarAnExtractionIs() {
    Map<String, List<Long>> heard = new LinkedHashMap<>();
    EXTRACTION
        .tellingTo(
            (task, done, total) -> {
              assertThat(done).isBetween(0L, total);
              heard.computeIfAbsent(task, first -> new ArrayList<>()).add(total - done);
            })
        .extract(CHOSEN, recipe(Criterion.RECONSTRUCTION));
    assertThat(heard)
        .containsOnlyKeys("Ranking channels", "Trying candidates", "Recovering layers");
    assertThat(heard.values())
        .allSatisfy(
            left -> assertThat(left).isSortedAccordingTo(Comparator.reverseOrder()).endsWith(0L));
  }

  @Test
  void otherCriteriaRankTheNetworksOwn() {
    Candidates candidates = EXTRACTION.candidates(CHOSEN, recipe(Criterion.TAYLOR));
    assertThat(candidates.ofEachBasis()).hasSize(1);
    assertThat(candidates.within(HALF))
        .singleElement()
        .matches(candidate -> !candidate.basis().principal());
  }

  @Test
  void whatNoBasisCanMeetIsSaidSo() {
    Candidates candidates = EXTRACTION.candidates(CHOSEN, recipe(Criterion.RECONSTRUCTION));
    assertThatThrownBy(() -> candidates.within(new Budget(Budget.Measure.MACS, 1e-6)))
        .isInstanceOf(UnattainableException.class);
  }
}
