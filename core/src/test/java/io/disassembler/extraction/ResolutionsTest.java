package io.disassembler.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.check.Difference;
import io.disassembler.check.Proof;
import io.disassembler.check.TrialRun;
import io.disassembler.data.NetworkCard;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.resolution.PyramidNetwork;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Criterion;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolutionsTest {
  private static final int SIDE = 64;
  private static final List<Integer> CHOSEN = List.of(1);
  private static final Anatomy FULL = PyramidNetwork.anatomy(PyramidNetwork.open(), SIDE, SIDE);
  private static final Profile PROFILE = Profiles.random(FULL, 12, 1);
  private static final Extraction EXTRACTION =
      new Extraction(FULL, "model", NetworkCard.unnamed(4), PROFILE, "profile");

  /** Images of so many random waves a side. */
  private static Calibration images(double waves) {
    return Calibration.of(
        FULL,
        "logits",
        IntStream.range(0, 12).mapToObj(i -> Map.of("image", image(waves, i))).toList());
  }

  private static Weight image(double waves, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[3 * SIDE * SIDE];
    for (int wave = 0; wave < 8; wave++) {
      double x = random.nextGaussian() * waves;
      double y = random.nextGaussian() * waves;
      double phase = random.nextDouble() * 2 * Math.PI;
      int channel = random.nextInt(3);
      for (int i = 0; i < SIDE * SIDE; i++) {
        double angle = 2 * Math.PI * (x * (i % SIDE) + y * Math.floorDiv(i, SIDE)) / SIDE + phase;
        pixels[channel * SIDE * SIDE + i] += (float) Math.sin(angle);
      }
    }
    return Weight.ofFloats("image", Shape.of(1, 3, SIDE, SIDE), pixels);
  }

  private static Extraction.Recipe recipe(
      Budget.Measure measure, double share, double waves, @Nullable Double resolution) {
    return new Extraction.Recipe(
        Criterion.RECONSTRUCTION,
        new Budget(measure, share),
        RecoveryMethod.CLOSED_LOOP,
        images(waves),
        null,
        resolution);
  }

  private static List<Candidate> candidates(Budget.Measure measure, double share, double waves) {
    return EXTRACTION
        .candidates(CHOSEN, recipe(measure, share, waves, null))
        .within(new Budget(measure, share));
  }

  @Test
  void imagesWithoutDetailAreReduced() {
    List<Candidate> found = candidates(Budget.Measure.MACS, 0.3, 1);
    assertThat(found).allMatch(candidate -> candidate.basis().resolution() < 1);
    for (Candidate candidate : found) {
      assertThat(Costing.of(candidate.basis().anatomy(), candidate.selection()).macs())
          .isLessThanOrEqualTo((long) (0.3 * Costing.of(FULL).macs()));
    }
  }

  @Test
  void imagesFullOfDetailStayAsTheyAre() {
    assertThat(candidates(Budget.Measure.MACS, 0.8, 24).get(0).basis().resolution()).isEqualTo(1);
  }

  @Test
  void fewerPixelsSaveNoParameters() {
    assertThat(candidates(Budget.Measure.PARAMETERS, 0.3, 1))
        .allMatch(candidate -> candidate.basis().resolution() == 1);
  }

  @Test
  void betweenResolutionsImagesDecide() {
    double waves = 4;
    double share =
        IntStream.rangeClosed(4, 18)
            .mapToDouble(twentieths -> twentieths / 20.0)
            .filter(some -> candidates(Budget.Measure.MACS, some, waves).size() > 1)
            .findFirst()
            .orElseThrow();
    Extraction.SubNetwork made =
        EXTRACTION.extract(CHOSEN, recipe(Budget.Measure.MACS, share, waves, null));
    Candidate wanted =
        new CandidateTrial(FULL, NetworkCard.unnamed(4), CHOSEN, ExtractionListener.none())
            .best(candidates(Budget.Measure.MACS, share, waves), images(waves));
    assertThat(made.selection().kept()).isEqualTo(wanted.selection().kept());
    assertThat(made.basis().resolution()).isEqualTo(wanted.basis().resolution());
  }

  @Test
  void aResolutionThatIsAskedForIsKeptAndReplayed() {
    Extraction.Recipe recipe = recipe(Budget.Measure.MACS, 0.3, 1, 0.75);
    Extraction.SubNetwork made = EXTRACTION.extract(CHOSEN, recipe);
    assertThat(made.plan().resolution()).isEqualTo(0.75);
    assertThat(made.cost().macs()).isLessThanOrEqualTo((long) (0.3 * made.full().macs()));
    Weight image = image(1, 99);
    assertThat(Proof.cutAgainstMasked(made.recovered(), made.selection(), made.headless(), image))
        .matches(Difference::holds);
    assertThat(TrialRun.run(made.network(), image, 1)).hasSize(2 * 16 * 16);

    Plan plan = Plan.fromJson(made.plan().toJson(), "plan.json");
    Extraction.SubNetwork again = EXTRACTION.replay(plan, "plan.json", images(1));
    assertThat(again.network().weights()).isEqualTo(made.network().weights());
    assertThat(again.network().nodes()).isEqualTo(made.network().nodes());
  }

  @Test
  void otherCriteriaWorkAtAResolutionThatIsAskedFor() {
    Budget half = new Budget(Budget.Measure.MACS, 0.5);
    Extraction.SubNetwork made =
        EXTRACTION.extract(
            CHOSEN,
            new Extraction.Recipe(Criterion.TAYLOR, half, RecoveryMethod.RIDGE, null, null, 0.75));
    assertThat(made.plan().scale()).isEqualTo(0.75);
    assertThat(made.selection().size())
        .isGreaterThan(
            EXTRACTION
                .extract(
                    CHOSEN,
                    new Extraction.Recipe(Criterion.TAYLOR, half, RecoveryMethod.RIDGE, null))
                .selection()
                .size());
  }

  @Test
  void aResolutionIsAShareOfASide() {
    assertThatThrownBy(() -> recipe(Budget.Measure.MACS, 0.3, 1, 1.5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("resolution", "above 0 and up to 1", "1.5");
  }
}
