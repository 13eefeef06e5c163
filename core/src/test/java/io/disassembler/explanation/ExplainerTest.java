package io.disassembler.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.data.NetworkCard;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.GroupedNetwork;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final int CATEGORIES = 4;
  private static final int CHOSEN = 1;
  private static final Anatomy ANATOMY = GroupedNetwork.anatomy();
  private static final List<Weight> IMAGES =
      IntStream.range(0, 8).mapToObj(i -> GroupedNetwork.image(100 + i)).toList();
  private static final Extraction EXTRACTION =
      new Extraction(
          ANATOMY,
          "model",
          NetworkCard.unnamed(CATEGORIES),
          Profiles.random(ANATOMY, 12, 1),
          "profile");

  private static Extraction.SubNetwork made(double keepMacs) {
    return EXTRACTION.extract(
        List.of(CHOSEN),
        new Extraction.Recipe(
            Criterion.RECONSTRUCTION,
            new Budget(Budget.Measure.MACS, keepMacs),
            RecoveryMethod.RIDGE,
            null));
  }

  private static Explanation explain(Extraction.SubNetwork made) {
    return new Explainer(EXTRACTION, IMAGES.stream().map(image -> Map.of("image", image)).toList())
        .explain(made, List.of(CHOSEN), (done, of) -> assertThat(done).isLessThanOrEqualTo(of));
  }

  @Test
  void whatKeepsEverythingLostNothing() {
    Explanation explanation = explain(made(1));
    assertThat(explanation.images()).isEqualTo(IMAGES.size());
    assertThat(explanation.families()).isEmpty();
    assertThat(explanation.together()).isCloseTo(0, within(1e-6));
    assertThat(explanation.layers())
        .isNotEmpty()
        .allSatisfy(
            layer -> {
              assertThat(layer.kept()).isEqualTo(layer.kernels());
              assertThat(layer.error()).isCloseTo(0, within(1e-9));
            });
    assertThat(explanation.rankCorrelation()).isNaN();
  }

  @Test
  void whatOnlyFewerPixelsCostIsTold() {
    Explanation explanation =
        explain(
            EXTRACTION.extract(
                List.of(CHOSEN),
                new Extraction.Recipe(
                    Criterion.RECONSTRUCTION,
                    new Budget(Budget.Measure.MACS, 1),
                    RecoveryMethod.RIDGE,
                    null,
                    null,
                    0.75)));
    assertThat(explanation.families()).isEmpty();
    assertThat(explanation.resolution()).isGreaterThan(1e-3);
    assertThat(explanation.together()).isCloseTo(explanation.resolution(), within(1e-6));
    assertThat(explain(made(1)).resolution()).isZero();
  }

  @Test
  void predictionsOrderFamiliesAsCutsOfThemAloneDo() {
    Extraction.SubNetwork made = made(0.5);
    Explanation explanation = explain(made);
    assertThat(explanation.families())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            family -> {
              assertThat(family.kept()).isBetween(1, family.groups() - 1);
              assertThat(family.predicted()).isPositive();
              assertThat(family.alone()).isPositive();
            });
    assertThat(explanation.rankCorrelation()).isGreaterThan(0.8);
    assertThat(explanation.together()).isCloseTo(divergence(made.headless()), within(1e-3));
    assertThat(explanation.layers())
        .anySatisfy(layer -> assertThat(layer.kept()).isLessThan(layer.kernels()))
        .last()
        .satisfies(
            last -> {
              assertThat(last.name()).isEqualTo("logits");
              assertThat(last.kept()).isEqualTo(CATEGORIES);
              assertThat(last.error()).isBetween(0.0, 1.0).isPositive();
            });
  }

  /** The definition: of the chosen category against the highest of the others, over all pixels. */
  private static double divergence(Network cut) {
    double sum = 0;
    for (Weight image : IMAGES) {
      float[] full = TrialRun.run(ANATOMY.network(), image, 1);
      float[] less = TrialRun.run(cut, image, 1);
      int pixels = full.length / CATEGORIES;
      for (int pixel = 0; pixel < pixels; pixel++) {
        double truth = margin(full, pixel, pixels);
        double found = margin(less, pixel, pixels);
        double p = Math.exp(logSigmoid(truth));
        sum += p * (logSigmoid(truth) - logSigmoid(found));
        sum += (1 - p) * (logSigmoid(-truth) - logSigmoid(-found));
      }
    }
    return sum / IMAGES.size();
  }

  private static double logSigmoid(double margin) {
    return Math.min(margin, 0) - Math.log1p(Math.exp(-Math.abs(margin)));
  }

  private static double margin(float[] logits, int pixel, int pixels) {
    double other =
        IntStream.range(0, CATEGORIES)
            .filter(category -> category != CHOSEN)
            .mapToDouble(category -> logits[category * pixels + pixel])
            .max()
            .orElseThrow();
    return logits[CHOSEN * pixels + pixel] - other;
  }
}
