package io.disassembler.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.Size;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.testing.Bundled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  private static final Network NETWORK = OnnxReader.read(Bundled.network());
  private static final NetworkInput INPUT = NetworkInput.of(NETWORK, new Size(64, 64));
  private static final Anatomy ANATOMY = Anatomy.of(NETWORK, INPUT.shapes());
  private static final Profile PROFILE = Profiles.ofScenes(ANATOMY, INPUT, 6);

  @ParameterizedTest
  @CsvSource({
    "MACS, 0.7",
    "MACS, 0.5",
    "MACS, 0.3",
    "PARAMETERS, 0.6",
    "PARAMETERS, 0.4",
  })
  void isMetFromBelowByEveryAllocation(Budget.Measure measure, double fraction) {
    Budget budget = new Budget(measure, fraction);
    for (Criterion criterion : List.of(Criterion.RECONSTRUCTION, Criterion.TAYLOR, Criterion.L1)) {
      Selection selection = budget.select(ANATOMY, PROFILE, List.of(8), criterion);
      double share =
          (double) measure.of(Costing.of(ANATOMY, selection)) / measure.of(Costing.of(ANATOMY));
      assertThat(share).as(criterion.id()).isBetween(fraction - 0.02, fraction);
      assertThat(budget.select(ANATOMY, PROFILE, List.of(8), criterion).kept())
          .as("the same again")
          .isEqualTo(selection.kept());
    }
  }

  @Test
  void oneRankingAnswersManyBudgetsInAnyOrder() {
    for (Criterion criterion : List.of(Criterion.RECONSTRUCTION, Criterion.TAYLOR)) {
      Ranking ranking = criterion.rank(ANATOMY, PROFILE, List.of(8));
      for (double fraction : new double[] {0.3, 0.7, 0.5, 0.3}) {
        Budget budget = new Budget(Budget.Measure.MACS, fraction);
        assertThat(ranking.select(budget).kept())
            .isEqualTo(budget.select(ANATOMY, PROFILE, List.of(8), criterion).kept());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.0001, 2, Double.NaN})
  void refusesAShareThatIsNone(double fraction) {
    assertThatThrownBy(() -> new Budget(Budget.Measure.MACS, fraction))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a share of the MACs above 0 and up to 1")
        .hasMessageContaining("found " + fraction)
        .extracting(e -> ((InvalidInputException) e).settings())
        .isEqualTo(List.of(Setting.MACS_BUDGET));
  }

  @Test
  void saysSoIfItCannotBeMet() {
    Budget budget = new Budget(Budget.Measure.MACS, 1e-6);
    for (Criterion criterion : List.of(Criterion.RECONSTRUCTION, Criterion.FORWARD)) {
      assertThatThrownBy(() -> budget.select(ANATOMY, PROFILE, List.of(0), criterion))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("cannot be met")
          .hasMessageContaining("% of the MACs");
    }
  }

  @Test
  void keepsEverythingIfEverythingIsAllowed() {
    Budget budget = new Budget(Budget.Measure.MACS, 1);
    for (Criterion criterion : List.of(Criterion.RECONSTRUCTION, Criterion.RANDOM)) {
      Selection selection = budget.select(ANATOMY, PROFILE, List.of(0), criterion);
      assertThat(selection.size()).isEqualTo(selection.outOf());
    }
  }

  @Test
  void thresholdsOfZeroKeepWhatIsEverActiveAndOfOneTheStrongest() {
    int all =
        new Thresholds(0, 0).select(ANATOMY, PROFILE, List.of(0, 1, 2), Criterion.FORWARD).size();
    int few = new Thresholds(1, 0).select(ANATOMY, PROFILE, List.of(0), Criterion.FORWARD).size();
    int some =
        new Thresholds(0.3, 0.1).select(ANATOMY, PROFILE, List.of(0), Criterion.FORWARD).size();
    assertThat(all).isGreaterThan(some);
    assertThat(some).isGreaterThan(few);
    assertThat(few).isGreaterThanOrEqualTo(ANATOMY.groups().families());
  }
}
