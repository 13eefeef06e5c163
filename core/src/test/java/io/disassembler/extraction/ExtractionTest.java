package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.channel.Anatomy;
import io.disassembler.check.Difference;
import io.disassembler.check.Proof;
import io.disassembler.check.TrialRun;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Criterion;
import io.disassembler.testing.Bundled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionTest {
  private static final Budget HALF = new Budget(Budget.Measure.MACS, 0.5);
  private static final Network NETWORK = OnnxReader.read(Bundled.network());
  private static final NetworkInput INPUT = NetworkInput.of(NETWORK, new Size(64, 64));
  private static final Anatomy ANATOMY = Anatomy.of(NETWORK, INPUT.shapes());
  private static final Profile PROFILE = Profiles.ofScenes(ANATOMY, INPUT, 6);
  private static final NetworkCard CARD = NetworkCard.unnamed(PROFILE.header().categories().size());

  private static Extraction extraction(String model) {
    return new Extraction(ANATOMY, model, CARD, PROFILE, PROFILE.sha256());
  }

  private static Extraction.Recipe recipe(Criterion criterion, RecoveryMethod recovery) {
    return new Extraction.Recipe(
        criterion,
        HALF,
        recovery,
        recovery.followsImages() ? calibration(1) : null,
        DOUBLING,
        null);
  }

  /** Training that doubles every bias. */
  private static final Tuner DOUBLING =
      (network, earlier) -> {
        Network.Builder builder = network.headless().toBuilder();
        for (Weight weight : network.headless().weights().values()) {
          if (weight.type().isFloating() && weight.shape().rank() == 1) {
            float[] values = weight.floats();
            for (int i = 0; i < values.length; i++) {
              values[i] *= 2;
            }
            builder.weight(Weight.ofFloats(weight.name(), weight.shape(), values));
          }
        }
        return new Tuner.Tuned(
            builder.build(),
            new Tuning(earlier == null ? 7 : earlier.steps(), "abc", 6, 2, 0, 1e-3, 7, 0.5, 0.6));
      };

  private static Calibration calibration(long seed) {
    List<Map<String, Weight>> images = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Weight image = TrialRun.randomImage(INPUT, 100 * seed + i);
      images.add(Map.of(INPUT.name(), image.withName(INPUT.name())));
    }
    return Calibration.of(ANATOMY, NETWORK.outputs().get(0).name(), images);
  }

  private static Extraction.SubNetwork extract() {
    return extraction("sha")
        .extract(List.of(8, 2), recipe(Criterion.RECONSTRUCTION, RecoveryMethod.RIDGE));
  }

  @Test
  void theCutNetworkEqualsTheMaskedOneAlsoAfterRecovery() {
    Extraction.SubNetwork result = extract();
    Weight image = TrialRun.randomImage(INPUT, 3);
    assertThat(
            Proof.cutAgainstMasked(
                result.recovered(), result.selection(), result.headless(), image))
        .matches(Difference::holds);
    Anatomy cut = Anatomy.of(result.network(), INPUT.shapes());
    // The head moves nothing; what recovery adds, such as biases, counts.
    assertThat(Costing.of(cut)).isEqualTo(result.cost());
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
    Extraction.SubNetwork again = extraction("sha").replay(plan, "plan", null);
    assertThat(again.selection().kept()).isEqualTo(first.selection().kept());
    assertThat(again.network().weights()).isEqualTo(first.network().weights());
    assertThat(again.network().nodes()).isEqualTo(first.network().nodes());
    assertThat(again.network().metadata()).isEqualTo(first.network().metadata());
  }

  @Test
  void recoveryIsTakenOverWhereTheSameChannelsAreKept() {
    Extraction extraction = extraction("sha");
    Extraction.Recipe blind = new Extraction.Recipe(Criterion.L1, HALF, RecoveryMethod.RIDGE, null);
    Extraction.Recipe aware =
        new Extraction.Recipe(Criterion.TAYLOR, HALF, RecoveryMethod.RIDGE, null);
    Extraction.SubNetwork one = extraction.extract(List.of(1), blind);

    Extraction.SubNetwork two = extraction.extract(List.of(2), blind, one);
    Extraction.SubNetwork other = extraction.extract(List.of(2), aware, one);

    assertThat(two.recovered()).isSameAs(one.recovered());
    assertThat(two.plan()).isEqualTo(extraction.extract(List.of(2), blind).plan());
    assertThat(two.network().weights())
        .isEqualTo(extraction.extract(List.of(2), blind).network().weights());
    assertThat(other.network().weights())
        .isEqualTo(extraction.extract(List.of(2), aware).network().weights());
  }

  @Test
  void theClosedLoopIsMadeAgainFromTheSameImagesOnly() {
    Extraction extraction = extraction("sha");
    Extraction.SubNetwork first =
        extraction.extract(
            List.of(8, 2), recipe(Criterion.RECONSTRUCTION, RecoveryMethod.CLOSED_LOOP));
    Weight image = TrialRun.randomImage(INPUT, 3);
    assertThat(
            Proof.cutAgainstMasked(first.recovered(), first.selection(), first.headless(), image))
        .matches(Difference::holds);
    Plan plan = Plan.fromJson(first.plan().toJson(), "plan");
    assertThat(plan.isPrincipal()).isTrue();
    assertThat(plan.pairs()).isPositive();
    assertThat(extraction.replay(plan, "plan", calibration(1)).network().weights())
        .isEqualTo(first.network().weights());
    assertThatThrownBy(() -> extraction.replay(plan, "plan", calibration(2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("calibration images");
    assertThatThrownBy(() -> extraction.replay(plan, "plan", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no calibration images");
    Plan edited =
        Plan.fromJson(
            first.plan().toJson().replaceFirst("\"calibration\":\"[0-9a-f]+\",", ""), "p");
    assertThatThrownBy(() -> extraction.replay(edited, "edited.json", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("edited.json", "closed-loop", "'calibration' is missing");
    assertThatThrownBy(
            () -> new Extraction.Recipe(Criterion.L1, HALF, RecoveryMethod.CLOSED_LOOP, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("closed-loop recovery follows images")
        .extracting(e -> ((InvalidInputException) e).settings())
        .isEqualTo(List.of(Setting.CALIBRATION_IMAGES, Setting.RECOVERY));
  }

  @Test
  void trainingStepsArePartOfThePlan() {
    Extraction extraction = extraction("sha");
    Extraction.SubNetwork tuned =
        extraction.extract(List.of(1), recipe(Criterion.L1, RecoveryMethod.TUNED));
    Extraction.SubNetwork closed =
        extraction.extract(List.of(1), recipe(Criterion.L1, RecoveryMethod.CLOSED_LOOP));
    assertThat(tuned.network().weights()).isNotEqualTo(closed.network().weights());
    assertThat(tuned.headless().weights()).isEqualTo(closed.headless().weights());
    assertThat(closed.plan().tuning()).isNull();
    Plan plan = Plan.fromJson(tuned.plan().toJson(), "plan");
    assertThat(plan).isEqualTo(tuned.plan());
    assertThat(plan.tuning()).isEqualTo(new Tuning(7, "abc", 6, 2, 0, 1e-3, 7, 0.5, 0.6));
    assertThat(extraction.replay(plan, "plan", calibration(1), DOUBLING).network().weights())
        .isEqualTo(tuned.network().weights());
    assertThatThrownBy(() -> extraction.replay(plan, "plan", calibration(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training steps");
    Plan edited =
        Plan.fromJson(plan.toJson().replaceFirst(",\"tuning\":\\{[^}]*}", ""), "edited.json");
    assertThatThrownBy(() -> extraction.replay(edited, "edited.json", calibration(1), DOUBLING))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("edited.json", "'tuning' is missing");
    assertThatThrownBy(
            () ->
                new Extraction.Recipe(
                    Criterion.L1, HALF, RecoveryMethod.TUNED, calibration(1), null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tuned recovery takes training steps");
  }

  @Test
  void aPlanIsRefusedForWhatItWasNotMadeFrom() {
    Plan plan = extract().plan();
    assertThatThrownBy(() -> extraction("another").replay(plan, "old.json", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("old.json")
        .hasMessageContaining("another");
    assertThatThrownBy(
            () ->
                new Extraction(ANATOMY, "sha", CARD, PROFILE, "other profile")
                    .replay(plan, "old.json", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("profile");
    Plan edited = Plan.fromJson(plan.toJson().replaceFirst("\"profile\":\"[^\"]+\",", ""), "p");
    assertThatThrownBy(() -> extraction("sha").replay(edited, "edited.json", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("edited.json", "'profile' is missing");
    assertThatThrownBy(() -> Plan.fromJson("{\"version\":", "broken.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("broken.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"categories\":\\[[^]]*] | \"categories\":[]            | names no category",
        "\"categories\":\\[[^]]*] | \"categories\":[\"1\",\"1\"] | names a category twice",
        "\"kept\":\\{(\"[^\"]*\"):\"[^\"]*\" | \"kept\":{$1:\"5-3\" | in the plan ends before it begins",
        "\"kept\":\\{(\"[^\"]*\"):\"[^\"]*\" | \"kept\":{$1:\"x\"   | in the plan is no range",
      })
  void aPlanThatSaysWhatCannotBeIsRefused(String text, String other, String words) {
    Plan plan = Plan.fromJson(extract().plan().toJson().replaceFirst(text, other), "p");

    assertThatThrownBy(() -> extraction("sha").replay(plan, "edited.json", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("edited.json", words);
  }

  @Test
  void everyCriterionAndRecoveryGivesANetworkThatRuns() {
    Weight image = TrialRun.randomImage(INPUT, 4);
    for (Criterion criterion : Criterion.values()) {
      for (RecoveryMethod recovery : RecoveryMethod.values()) {
        Extraction.SubNetwork result =
            extraction("sha").extract(List.of(1), recipe(criterion, recovery));
        assertThat(TrialRun.run(result.network(), image, 1))
            .as(criterion + " " + recovery)
            .hasSize(2 * 64 * 64)
            .doesNotContain(Float.NaN);
      }
    }
  }
}
