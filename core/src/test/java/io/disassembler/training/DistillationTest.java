package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.engine.NativeScope;
import io.disassembler.engine.NetworkInput;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import io.disassembler.surgery.Verification;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.ZooSettings;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Distillation against plain loops. */
class DistillationTest {
  private static final int AREA = 16 * 16;
  private static final int CATEGORIES = 4;

  private final Network network =
      Architecture.UNET.build(new ZooSettings(null, CATEGORIES, 0.125, 8, false, 3));
  private final NetworkInput input = NetworkInput.of(network, new Size(16, 16));
  private final NetworkCard card = NetworkCard.unnamed(CATEGORIES);
  private final Trainee teacher =
      Trainee.of(Anatomy.of(network, input.shapes()), input, card, List.of());
  private final Batch batch = new Batch(Verification.randomImage(input, 1), new long[0]);

  @Test
  void targetsAreTheTeachersProbabilitiesWithTheRestAsOther() {
    double[] target = target();
    float[] student = new float[3 * AREA];
    Random random = new Random(2);
    for (int i = 0; i < student.length; i++) {
      student[i] = (float) random.nextGaussian();
    }
    double expected = 0;
    double[] gradient = new double[student.length];
    for (int pixel = 0; pixel < AREA; pixel++) {
      double sum = 0;
      for (int k = 0; k < 3; k++) {
        sum += Math.exp(student[k * AREA + pixel]);
      }
      for (int k = 0; k < 3; k++) {
        int i = k * AREA + pixel;
        double probability = Math.exp(student[i]) / sum;
        expected -= target[i] * Math.log(probability) / AREA;
        gradient[i] = (probability - target[i]) / AREA;
      }
    }
    double wanted = expected;
    NativeScope.run(
        () -> {
          try (Objective objective = distillation(List.of(3, 1))) {
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
  void theTruthIsWhatTheTeacherPredicts() {
    double[] target = target();
    try (Objective objective = distillation(List.of(3, 1))) {
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
    assertThatThrownBy(() -> new Distillation(teacher, other, SharedFeatureMaps.NONE, 0, "cpu"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot teach: expected the categories [a, b]");
  }

  private Objective distillation(List<Integer> chosen) {
    return new Distillation(
        teacher, CategoryMapping.of(card.categories(), chosen), SharedFeatureMaps.NONE, 0, "cpu");
  }

  /** Probabilities of other (0 and 2), 3 and 1. */
  private double[] target() {
    float[] logits = Verification.run(network, batch.images());
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
