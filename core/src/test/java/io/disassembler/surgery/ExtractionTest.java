package io.disassembler.surgery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.InvalidInputException;
import io.disassembler.Shared;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.engine.NetworkInput;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExtractionTest {
  private static final Budget HALF = new Budget(Budget.Measure.MACS, 0.5);
  private static final Network NETWORK = OnnxReader.read(Shared.model("unet_b8.dynamo.dyn.onnx"));
  private static final NetworkInput INPUT = NetworkInput.of(NETWORK, new Size(64, 64));
  private static final Anatomy ANATOMY = Anatomy.of(NETWORK, INPUT.shapes());
  private static final Profile PROFILE = Profiles.random(ANATOMY, 3, 1);
  private static final NetworkCard CARD = NetworkCard.unnamed(PROFILE.header().categories().size());

  private static Extraction extraction(String model) {
    return new Extraction(ANATOMY, model, CARD, PROFILE, PROFILE.sha256());
  }

  private static Extraction.SubNetwork extract() {
    return extraction("sha")
        .extract(List.of(8, 2), Criterion.RECONSTRUCTION, HALF, RecoveryMethod.RIDGE);
  }

  @Test
  void theCutNetworkEqualsTheMaskedOneAlsoAfterRecovery() {
    Extraction.SubNetwork result = extract();
    Weight image = Verification.randomImage(INPUT, 3);
    assertThat(
            Verification.cutAgainstMasked(
                result.recovered(), result.selection(), result.headless(), image))
        .isLessThan(Verification.TOLERANCE);
    Anatomy cut = Anatomy.of(result.network(), INPUT.shapes());
    assertThat(io.disassembler.selection.Cost.of(cut).macs()).isEqualTo(result.cost().macs());
    assertThat(io.disassembler.selection.Cost.of(cut).parameters())
        .isEqualTo(result.cost().parameters());
  }

  @Test
  void carriesItsPapers() {
    Extraction.SubNetwork result = extract();
    Map<String, String> metadata = result.network().metadata();
    assertThat(CategoryMapping.fromMetadata(metadata, "sub").orElseThrow().chosen())
        .containsExactly(8, 2);
    assertThat(
            NetworkCard.fromYaml(
                    Objects.requireNonNull(metadata.get(NetworkCard.METADATA_KEY)), "sub")
                .categories())
        .containsExactly("other", "8", "2");
    assertThat(Plan.fromJson(Objects.requireNonNull(metadata.get(Plan.METADATA_KEY)), "sub"))
        .isEqualTo(result.plan());
  }

  @Test
  void aPlanMakesTheSameNetworkAgain() {
    Extraction.SubNetwork first = extract();
    Plan plan = Plan.fromJson(first.plan().toJson(), "plan");
    Extraction.SubNetwork again = extraction("sha").replay(plan, "plan");
    assertThat(again.selection().kept()).isEqualTo(first.selection().kept());
    assertThat(again.network().weights()).isEqualTo(first.network().weights());
    assertThat(again.network().nodes()).isEqualTo(first.network().nodes());
    assertThat(again.network().metadata()).isEqualTo(first.network().metadata());
  }

  @Test
  void aPlanIsRefusedForWhatItWasNotMadeFrom() {
    Plan plan = extract().plan();
    assertThatThrownBy(() -> extraction("another").replay(plan, "old.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("old.json")
        .hasMessageContaining("another");
    assertThatThrownBy(
            () ->
                new Extraction(ANATOMY, "sha", CARD, PROFILE, "other profile")
                    .replay(plan, "old.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("profile");
    assertThatThrownBy(() -> Plan.fromJson("{\"version\":", "broken.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("broken.json");
  }

  @Test
  void everyCriterionAndRecoveryGivesANetworkThatRuns() {
    Weight image = Verification.randomImage(INPUT, 4);
    for (Criterion criterion : Criterion.values()) {
      if (criterion == Criterion.BN_SCALE) {
        continue; // this network's BatchNormalization is folded; CriterionTest has one that is not
      }
      for (RecoveryMethod recovery : RecoveryMethod.values()) {
        Extraction.SubNetwork result =
            extraction("sha").extract(List.of(1), criterion, HALF, recovery);
        assertThat(Verification.run(result.network(), image))
            .as(criterion + " " + recovery)
            .hasSize(2 * 64 * 64)
            .doesNotContain(Float.NaN);
      }
    }
  }
}
