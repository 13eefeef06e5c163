package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.attribution.DecisionScores;
import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.TensorData;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.ZooSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses where each category says yes or no, against plain loops. */
class IndependentLossTest {
  private static final int N = 2;
  private static final int K = 3;
  private static final int AREA = 12;
  private static final List<Double> WEIGHTS = List.of(1.0, 2.5, 0.25);
  private static final NetworkCard CARD =
      NetworkCard.fromYaml(
          "categories: [a, b, c]\ndecision: independent\nthresholds: [0.3, 0.5, 0.8]\n", "card");

  private final float[] logits = gaussians(N * K * AREA, 4);
  private final long[] sets = new long[N * AREA];

  IndependentLossTest() {
    Random random = new Random(4);
    for (int i = 0; i < sets.length; i++) {
      sets[i] = i % 5 == 0 ? -1 : random.nextInt(4);
    }
  }

  private static float[] gaussians(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  private double probability(int pixel, int category) {
    return sigmoid(logits[(pixel / AREA * K + category) * AREA + pixel % AREA]);
  }

  private boolean has(int pixel, int category) {
    return (sets[pixel] >> category & 1) == 1;
  }

  @Test
  void crossEntropyIsTheMeanOverTheCategories() {
    double expected = 0;
    for (int category = 0; category < K; category++) {
      double sum = 0;
      double weight = 0;
      for (int pixel = 0; pixel < sets.length; pixel++) {
        if (sets[pixel] >= 0) {
          boolean there = has(pixel, category);
          double p = probability(pixel, category);
          double counts = there ? WEIGHTS.get(category) : 1;
          sum -= counts * Math.log(there ? p : 1 - p);
          weight += counts;
        }
      }
      expected += sum / weight / K;
    }
    assertThat(labelLoss(new LossSettings(1, 0, WEIGHTS))).isCloseTo(expected, within(1e-5));
  }

  @Test
  void diceAveragesOverTheCategoriesThatAreShown() {
    double expected = 0;
    for (int category = 0; category < 2; category++) {
      double both = 0;
      double sizes = 0;
      for (int pixel = 0; pixel < sets.length; pixel++) {
        if (sets[pixel] >= 0) {
          double truth = has(pixel, category) ? 1 : 0;
          both += truth * probability(pixel, category);
          sizes += truth + probability(pixel, category);
        }
      }
      expected += (1 - (2 * both + 1) / (sizes + 1)) / 2;
    }
    assertThat(labelLoss(new LossSettings(0, 1, List.of()))).isCloseTo(expected, within(1e-5));
  }

  private double labelLoss(LossSettings settings) {
    return loss(new LabelLoss(settings, CARD), new Batch(images(), sets));
  }

  private static Weight images() {
    return Weight.ofFloats("images", Shape.of(N, 1, 3, 4), new float[N * AREA]);
  }

  private double loss(Objective objective, Batch batch) {
    return NativeScope.in(
        () -> {
          Tensor found = TensorData.of(Weight.ofFloats("logits", Shape.of(N, K, 3, 4), logits));
          return (double) objective.loss(found, name -> found, batch).item_float();
        });
  }

  /** The binary cross-entropy with the full network's sigmoids, less what they have themselves. */
  @Test
  void tuningAimsAtEachChosenCategorysProbability() {
    List<Integer> chosen = List.of(2, 0);
    float[] full = gaussians(N * K * AREA, 5);
    DecisionScores scores = new DecisionScores(CARD.mapping(chosen));
    double crossEntropy = 0;
    double entropy = 0;
    double weighted = 0;
    for (int pixel = 0; pixel < N * AREA; pixel++) {
      for (int i = 0; i < chosen.size(); i++) {
        int place = (pixel / AREA * K + chosen.get(i)) * AREA + pixel % AREA;
        double q = sigmoid(full[place]);
        double p = sigmoid(logits[place]);
        double nats = -q * Math.log(p) - (1 - q) * Math.log(1 - p);
        double own = -q * Math.log(q) - (1 - q) * Math.log(1 - q);
        crossEntropy += nats / (N * AREA);
        entropy += own / (N * AREA);
        weighted += (nats - own) * (WEIGHTS.get(i) * q + 1 - q) / (N * AREA);
      }
    }
    Batch batch = answered(scores, full);
    assertThat(loss(new DecisionLoss(scores, List.of(1.0, 1.0)), batch))
        .isCloseTo(crossEntropy - entropy, within(1e-5));
    assertThat(loss(new DecisionLoss(scores, WEIGHTS.subList(0, 2)), batch))
        .isCloseTo(weighted, within(1e-5));
  }

  private static Batch answered(DecisionScores scores, float[] full) {
    return NativeScope.in(
        () -> {
          Tensor theirs = TensorData.of(Weight.ofFloats("full", Shape.of(N, K, 3, 4), full));
          return new Batch(
              images(),
              new long[0],
              Optional.of(TensorData.toWeight("answers", scores.of(theirs).softmax(1))));
        });
  }

  @Test
  void agreementIsThatOfTheCategoriesThatOccur() {
    DecisionScores scores = new DecisionScores(CARD.mapping(List.of(2, 0)));
    // Category 2 is there above 0.8, of which there are two pixels; category 0 nowhere above 0.3.
    float[] full = new float[N * K * AREA];
    java.util.Arrays.fill(full, -2);
    full[2 * AREA] = 1.5f;
    full[2 * AREA + 1] = 1.5f;
    full[2 * AREA + 2] = 1.3f;
    float[] mine = full.clone();
    mine[2 * AREA] = 1.3f;
    HeldOutDecisions decisions = new HeldOutDecisions(scores, CARD);
    Batch batch = answered(scores, full);
    NativeScope.run(
        () -> {
          Tensor found = TensorData.of(Weight.ofFloats("found", Shape.of(N, K, 3, 4), mine));
          decisions.add(decisions.pixels(scores.of(found), DecisionLoss.answers(batch)));
        });
    assertThat(decisions.agreement(List.of())).isEqualTo(0.5);
    assertThat(decisions.agreement(List.of(0.1, 5.0))).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(decisions.agreement()).isGreaterThanOrEqualTo(2.0 / 3 - 1e-9);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2})
  void aTeacherTeachesItsSigmoids(double temperature) {
    List<Integer> chosen = List.of(2, 0);
    Network network = surer(Architecture.UNET.build(new ZooSettings(null, K, 0.125, 8, false, 3)));
    NetworkInput input = NetworkInput.of(network, new Size(16, 16));
    Trainee teacher = Trainee.of(Anatomy.of(network, input.shapes()), input, CARD, List.of());
    Batch batch = new Batch(TrialRun.randomImage(input, 1), new long[0]);
    float[] full = TrialRun.run(network, batch.images(), 1);
    int area = 16 * 16;
    float[] student = gaussians(2 * area, 2);
    double expected = 0;
    long[] truth = new long[area];
    for (int i = 0; i < chosen.size(); i++) {
      double logit = Math.log(CARD.threshold(chosen.get(i)) / (1 - CARD.threshold(chosen.get(i))));
      for (int pixel = 0; pixel < area; pixel++) {
        double y = full[chosen.get(i) * area + pixel];
        truth[pixel] |= y > logit ? 1L << i : 0;
        double q = temperature == 0 ? (y > logit ? 1 : 0) : sigmoid(y / temperature);
        double p = sigmoid(student[i * area + pixel]);
        expected -= (q * Math.log(p) + (1 - q) * Math.log(1 - p)) / (2 * area);
      }
    }
    double wanted = expected;
    CategoryMapping mapping = CARD.mapping(chosen);
    NativeScope.run(
        () -> {
          try (Objective objective =
              new Distillation(
                  teacher,
                  mapping,
                  new DistillationSettings(0, temperature, SharedFeatureMaps.NONE),
                  "cpu")) {
            Tensor logits =
                TensorData.of(Weight.ofFloats("logits", Shape.of(1, 2, 16, 16), student));
            assertThat((double) objective.loss(logits, name -> logits, batch).item_float())
                .isCloseTo(wanted, within(1e-4));
            assertThat(objective.truth(batch)).containsExactly(truth).contains(0, 2, 3);
          }
        });
  }

  /** {@code network}, surer of itself than one that was never trained. */
  private static Network surer(Network network) {
    Weight head = Objects.requireNonNull(network.weights().get("head.weight"));
    float[] values = head.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 300;
    }
    return network.toBuilder().weight(Weight.ofFloats(head.name(), head.shape(), values)).build();
  }

  @Test
  void labelsAndDecisionsAreTheSame() {
    List<DecisionLabels> kinds = new ArrayList<>();
    kinds.add(DecisionLabels.of(DecisionScores.ofAll(3, true)));
    kinds.add(DecisionLabels.of(DecisionScores.ofAll(1, false)));
    kinds.add(DecisionLabels.of(DecisionScores.ofAll(5, false)));
    for (DecisionLabels kind : kinds) {
      int most = kind.independent() ? 8 : kind.single() ? 2 : 5;
      long[] labels = IntStream.range(0, 4 * most).mapToLong(i -> i % most).toArray();
      assertThat(kind.labels(kind.decisions(labels, 4), 4)).containsExactly(labels);
    }
    assertThat(kinds.get(0).decisions(new long[] {5, -1, 2, 0}, 2))
        .containsExactly(1, -1, 0, -1, 1, -1, 0, 0, 1, 0, 0, 0);
    assertThat(kinds.get(1).decisions(new long[] {0, 1, -1}, 1)).containsExactly(1, 0, -1);
  }
}
