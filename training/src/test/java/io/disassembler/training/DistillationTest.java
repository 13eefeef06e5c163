package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.operator.TensorData;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.ZooSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Distillation against plain loops. */
class DistillationTest {
  private static final int AREA = 16 * 16;
  private static final int CATEGORIES = 4;
  private static final float SURE = 300;

  /** The last feature map: 8 channels at the size of the image. */
  private static final String MAP = "decoder0.4.relu";

  private final Network network =
      decided(Architecture.UNET.build(new ZooSettings(null, CATEGORIES, 0.125, 8, false, 3)));
  private final NetworkInput input = NetworkInput.of(network, new Size(16, 16));
  private final NetworkCard card = NetworkCard.unnamed(CATEGORIES);
  private final Trainee teacher =
      Trainee.of(Anatomy.of(network, input.shapes()), input, card, List.of());
  private final Batch batch = new Batch(TrialRun.randomImage(input, 1), new long[0]);

  @Test
  void targetsAreTheTeachersProbabilitiesWithTheRestAsOther() {
    double[] target = target();
    float[] student = gaussians(3 * AREA, 2);
    double expected = 0;
    double[] gradient = new double[student.length];
    for (int pixel = 0; pixel < AREA; pixel++) {
      for (int k = 0; k < 3; k++) {
        int i = k * AREA + pixel;
        double probability = probability(student, k, pixel);
        expected -= target[i] * Math.log(probability) / AREA;
        gradient[i] = (probability - target[i]) / AREA;
      }
    }
    double wanted = expected;
    NativeScope.run(
        () -> {
          try (Objective objective = distillation()) {
            Tensor logits =
                TensorData.of(Weight.ofFloats("logits", Shape.of(1, 3, 16, 16), student));
            logits.set_requires_grad(true);
            Tensor loss = objective.loss(logits, name -> logits, batch);
            assertThat((double) loss.item_float()).isCloseTo(wanted, within(1e-5));
            loss.backward();
            assertThat(TensorData.doubles(logits.grad()))
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(gradient);
          }
        });
  }

  @Test
  void overlapWithTheTeacherCountsByItsShare() {
    double[] target = target();
    float[] student = gaussians(3 * AREA, 2);
    double missing = 0;
    int shown = 0;
    double crossEntropy = 0;
    for (int k = 0; k < 3; k++) {
      double both = 0;
      double sizes = 0;
      boolean seen = false;
      for (int pixel = 0; pixel < AREA; pixel++) {
        double probability = probability(student, k, pixel);
        double wanted = target[k * AREA + pixel];
        both += probability * wanted;
        sizes += probability + wanted;
        seen |= wanted > 0.5;
        crossEntropy -= wanted * Math.log(probability) / AREA;
      }
      missing += seen ? 1 - (2 * both + 1) / (sizes + 1) : 0;
      shown += seen ? 1 : 0;
    }
    assertThat(shown).as("categories that the teacher sees").isPositive();
    double expected = 0.3 * crossEntropy + 0.7 * missing / shown;
    assertThat(
            loss(
                new Distillation(teacher, mapping(), soft(0.7, SharedFeatureMaps.NONE), "cpu"),
                student))
        .isCloseTo(expected, within(1e-5));
  }

  /** The teacher's map of 8 channels against another one of three of them. */
  @Test
  void featureMapsCountAsShareOfTheTeachersVariance() {
    List<Integer> channels = List.of(1, 4, 6);
    float[] student = gaussians(3 * AREA, 3);
    float[] all = valueOf(MAP);
    double[] expected = new double[student.length];
    for (int k = 0; k < 3; k++) {
      for (int pixel = 0; pixel < AREA; pixel++) {
        expected[k * AREA + pixel] = all[channels.get(k) * AREA + pixel];
      }
    }
    double mean = Arrays.stream(expected).average().orElseThrow();
    double variance =
        Arrays.stream(expected).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (student[i] - expected[i]) * (student[i] - expected[i]) / expected.length;
    }
    assertThat(variance).isPositive();
    SharedFeatureMaps shared = new SharedFeatureMaps(Map.of(MAP, channels), 0.25);
    double without =
        loss(new Distillation(teacher, mapping(), soft(0, SharedFeatureMaps.NONE), "cpu"), student);
    assertThat(loss(new Distillation(teacher, mapping(), soft(0, shared), "cpu"), student))
        .isCloseTo(without + 0.25 * error / (variance + 1e-6), within(1e-4));
  }

  /** The loss of logits that are at the same time the values of every feature map. */
  private double loss(Objective objective, float[] student) {
    return NativeScope.in(
        () -> {
          try (objective) {
            Tensor logits =
                TensorData.of(Weight.ofFloats("logits", Shape.of(1, 3, 16, 16), student));
            return (double) objective.loss(logits, name -> logits, batch).item_float();
          }
        });
  }

  private float[] valueOf(String name) {
    try (Engine engine = Engine.of(teacher.program())) {
      return engine.run(
          Map.of(input.name(), batch.images()),
          ForwardRequest.keeping(Set.of(name)),
          forward -> TensorData.floats(forward.value(name)));
    }
  }

  /** {@code network}, surer of itself than one that was never trained. */
  private static Network decided(Network network) {
    Weight head = Objects.requireNonNull(network.weights().get("head.weight"));
    float[] values = head.floats().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= SURE;
    }
    return network.toBuilder().weight(Weight.ofFloats(head.name(), head.shape(), values)).build();
  }

  private static double probability(float[] logits, int k, int pixel) {
    double sum = 0;
    for (int j = 0; j < 3; j++) {
      sum += Math.exp(logits[j * AREA + pixel]);
    }
    return Math.exp(logits[k * AREA + pixel]) / sum;
  }

  private static float[] gaussians(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void theTruthIsWhatTheTeacherPredicts() {
    double[] target = target();
    try (Objective objective = distillation()) {
      long[] truth = objective.truth(batch);
      assertThat(truth).hasSize(AREA);
      for (int pixel = 0; pixel < AREA; pixel++) {
        int best = Math.toIntExact(truth[pixel]);
        for (int k = 0; k < 3; k++) {
          assertThat(target[best * AREA + pixel]).isGreaterThanOrEqualTo(target[k * AREA + pixel]);
        }
      }
    }
  }

  @Test
  void aTeacherOfOtherCategoriesIsRefused() {
    CategoryMapping other = CategoryMapping.of(List.of("a", "b"), List.of(1));
    assertThatThrownBy(
            () -> new Distillation(teacher, other, DistillationSettings.decided(0), "cpu"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot teach: expected the categories [a, b]");
  }

  /** With the teacher's probabilities as they are. */
  private static DistillationSettings soft(double dice, SharedFeatureMaps shared) {
    return new DistillationSettings(dice, 1, shared);
  }

  @Test
  void lowTemperaturesAreSurer() {
    double[] target = target();
    float[] student = gaussians(3 * AREA, 2);
    double warm = 0;
    double decided = 0;
    for (int pixel = 0; pixel < AREA; pixel++) {
      double sum = 0;
      int best = 0;
      for (int k = 0; k < 3; k++) {
        sum += Math.pow(target[k * AREA + pixel], 2);
        best = target[k * AREA + pixel] > target[best * AREA + pixel] ? k : best;
      }
      for (int k = 0; k < 3; k++) {
        double share = Math.pow(target[k * AREA + pixel], 2) / sum;
        warm -= share * Math.log(probability(student, k, pixel)) / AREA;
      }
      decided -= Math.log(probability(student, best, pixel)) / AREA;
    }
    assertThat(warm).isNotCloseTo(decided, within(1e-3));
    assertThat(loss(at(0.5), student)).isCloseTo(warm, within(1e-5));
    assertThat(loss(at(0), student)).isCloseTo(decided, within(1e-5));
  }

  private Objective at(double temperature) {
    return new Distillation(
        teacher,
        mapping(),
        new DistillationSettings(0, temperature, SharedFeatureMaps.NONE),
        "cpu");
  }

  @Test
  void temperaturesBelowZeroAreRefused() {
    assertThatThrownBy(() -> new DistillationSettings(0, -1, SharedFeatureMaps.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("temperature: expected a number of at least 0, found -1.0");
  }

  @Test
  void labelsMayJudgeWhatTheTeacherTaught() {
    Batch labelled = new Batch(batch.images(), new long[] {2, 0, 1});
    try (Objective judged = new JudgedByLabels(distillation())) {
      assertThat(judged.truth(labelled)).containsExactly(2, 0, 1);
    }
    float[] student = gaussians(3 * AREA, 2);
    assertThat(loss(new JudgedByLabels(distillation()), student))
        .isEqualTo(loss(distillation(), student));
  }

  private Objective distillation() {
    return new Distillation(teacher, mapping(), soft(0, SharedFeatureMaps.NONE), "cpu");
  }

  private CategoryMapping mapping() {
    return CategoryMapping.of(card.categories(), List.of(3, 1));
  }

  /** Probabilities of other (0 and 2), 3 and 1. */
  private double[] target() {
    float[] logits = TrialRun.run(network, batch.images(), 1);
    double[] target = new double[3 * AREA];
    for (int pixel = 0; pixel < AREA; pixel++) {
      double other = Math.exp(Math.max(logits[pixel], logits[2 * AREA + pixel]));
      double first = Math.exp(logits[3 * AREA + pixel]);
      double second = Math.exp(logits[AREA + pixel]);
      double sum = other + first + second;
      target[pixel] = other / sum;
      target[AREA + pixel] = first / sum;
      target[2 * AREA + pixel] = second / sum;
    }
    return target;
  }
}
