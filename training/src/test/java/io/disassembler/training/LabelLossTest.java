package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.data.NetworkCard;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Losses against plain loops. */
class LabelLossTest {
  private static final int N = 2;
  private static final int K = 3;
  private static final int AREA = 12;
  private static final double[] WEIGHTS = {1, 2.5, 0.25};

  private final float[] logits = new float[N * K * AREA];
  private final long[] labels = new long[N * AREA];

  LabelLossTest() {
    Random random = new Random(4);
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(K) - (i % 5 == 0 ? K : 0) < 0 ? -1 : random.nextInt(2);
    }
  }

  @Test
  void crossEntropyWeighsCategoriesAndLeavesIgnoredPixelsOut() {
    double sum = 0;
    double weight = 0;
    for (int pixel = 0; pixel < labels.length; pixel++) {
      if (labels[pixel] >= 0) {
        int label = (int) labels[pixel];
        sum -= WEIGHTS[label] * Math.log(probability(pixel, label));
        weight += WEIGHTS[label];
      }
    }
    assertThat(loss(new LossSettings(1, 0, List.of(1.0, 2.5, 0.25))))
        .isCloseTo(sum / weight, within(1e-5));
  }

  @Test
  void diceAveragesOverTheCategoriesThatAreShown() {
    double expected = 0;
    for (int category = 0; category < 2; category++) {
      double both = 0;
      double sizes = 0;
      for (int pixel = 0; pixel < labels.length; pixel++) {
        if (labels[pixel] >= 0) {
          double truth = labels[pixel] == category ? 1 : 0;
          both += truth * probability(pixel, category);
          sizes += truth + probability(pixel, category);
        }
      }
      expected += (1 - (2 * both + 1) / (sizes + 1)) / 2;
    }
    assertThat(labels).doesNotContain(2);
    double dice = loss(new LossSettings(0, 1, List.of()));
    assertThat(dice).isCloseTo(expected, within(1e-5));
    double entropy = loss(LossSettings.plain());
    assertThat(loss(new LossSettings(0.25, 0.75, List.of())))
        .isCloseTo(0.25 * entropy + 0.75 * dice, within(1e-5));
  }

  private double loss(LossSettings settings) {
    Batch batch =
        new Batch(Weight.ofFloats("images", Shape.of(N, 1, 3, 4), new float[N * AREA]), labels);
    return NativeScope.in(
        () -> {
          try (Objective loss = new LabelLoss(settings, NetworkCard.unnamed(K))) {
            return (double)
                loss.loss(
                        TensorData.of(Weight.ofFloats("logits", Shape.of(N, K, 3, 4), logits)),
                        name -> new Tensor(),
                        batch)
                    .item_float();
          }
        });
  }

  private double probability(int pixel, int category) {
    int first = pixel / AREA * K * AREA + pixel % AREA;
    double sum = 0;
    for (int k = 0; k < K; k++) {
      sum += Math.exp(logits[first + k * AREA]);
    }
    return Math.exp(logits[first + category * AREA]) / sum;
  }
}
