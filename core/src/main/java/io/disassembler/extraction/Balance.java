package io.disassembler.extraction;

import io.disassembler.data.CategoryMapping;
import io.disassembler.engine.Engine;
import io.disassembler.engine.EngineSettings;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Network;
import io.disassembler.operator.Program;
import io.disassembler.operator.TensorData;
import io.disassembler.recovery.Calibration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How much to add to each chosen category's scores so that the sub-network takes neither too many
 * nor too few pixels for it: what is lost in a cut weakens some categories more than others. The
 * constants are those that bring the sub-network's decisions nearest to the full network's on
 * calibration images, by the mean IoU of the chosen categories; no labels.
 */
final class Balance {
  /** Steps tried up and down, as shares of the standard deviation of a category's margins. */
  private static final double[] STEPS = {0.4, 0.2, 0.1, 0.05, 0.025};

  /** Pixels looked at, evenly spread over the images. */
  private static final int PIXELS = 1_000_000;

  private final int categories;
  private final List<float[]> scores = new ArrayList<>();
  private final List<int[]> references = new ArrayList<>();

  private Balance(int categories) {
    this.categories = categories;
  }

  /**
   * One constant for each chosen category.
   *
   * @param network the sub-network with its head, not balanced
   * @param calibration the full network's answers
   * @param output the network's output
   * @param threads to run the network with
   */
  static List<Double> of(
      Network network,
      CategoryMapping mapping,
      Calibration calibration,
      String output,
      int threads) {
    Balance balance = new Balance(mapping.chosen().size() + 1);
    long pixels = 0;
    for (Calibration.Batch batch : calibration.batches()) {
      pixels += batch.output().shape().elements() / mapping.source().size();
    }
    long stride = Math.max(1, pixels / PIXELS);
    try (Engine engine = Engine.of(Program.parse(network), EngineSettings.onCpu(threads))) {
      for (Calibration.Batch batch : calibration.batches()) {
        engine.run(
            batch.inputs(),
            ForwardRequest.outputs(),
            forward -> {
              balance.scores.add(TensorData.floats(sampled(forward.value(output), stride)));
              balance.references.add(
                  mapping.apply(winners(sampled(TensorData.of(batch.output()), stride))));
              return true;
            });
      }
    }
    return balance.search();
  }

  /** Every {@code stride}-th pixel of N x K x H x W scores: pixels x K. */
  private static Tensor sampled(Tensor scores, long stride) {
    Tensor byPixel = scores.movedim(1, -1).reshape(-1, scores.size(1));
    long count = (byPixel.size(0) + stride - 1) / stride;
    Tensor indices =
        org.bytedeco.pytorch.global.torch.arange(new Scalar(count)).mul(new Scalar(stride));
    return byPixel.index_select(0, indices.to(org.bytedeco.pytorch.global.torch.ScalarType.Long));
  }

  private static int[] winners(Tensor byPixel) {
    long[] winners =
        NativeScope.in(
            () ->
                TensorData.longs(byPixel.argmax(new org.bytedeco.pytorch.LongOptional(1), false)));
    int[] result = new int[winners.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (int) winners[i];
    }
    return result;
  }

  private List<Double> search() {
    double[] balance = new double[categories];
    double best = agreement(balance);
    for (double step : STEPS) {
      for (int category = 1; category < categories; category++) {
        double unit = step * spread(category);
        for (double change : new double[] {unit, -unit}) {
          for (boolean better = true; better; ) {
            balance[category] += change;
            double found = agreement(balance);
            better = found > best;
            if (better) {
              best = found;
            } else {
              balance[category] -= change;
            }
          }
        }
      }
    }
    List<Double> result = new ArrayList<>();
    for (int category = 1; category < categories; category++) {
      result.add((double) (float) balance[category]);
    }
    return Collections.unmodifiableList(result);
  }

  /** Standard deviation of the category's score above {@code other}'s. */
  private double spread(int category) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (float[] image : scores) {
      for (int i = 0; i < image.length; i += categories) {
        double margin = image[i + category] - image[i];
        sum += margin;
        squares += margin * margin;
        count++;
      }
    }
    double mean = sum / count;
    return Math.sqrt(Math.max(0, squares / count - mean * mean));
  }

  /** Mean IoU of the chosen categories with the full network's decisions. */
  private double agreement(double[] balance) {
    long[] both = new long[categories];
    long[] either = new long[categories];
    for (int image = 0; image < scores.size(); image++) {
      float[] values = scores.get(image);
      int[] reference = references.get(image);
      for (int pixel = 0; pixel < reference.length; pixel++) {
        int winner = 0;
        double highest = values[pixel * categories];
        for (int category = 1; category < categories; category++) {
          double score = values[pixel * categories + category] + balance[category];
          if (score > highest) {
            highest = score;
            winner = category;
          }
        }
        either[winner]++;
        if (winner == reference[pixel]) {
          both[winner]++;
        } else {
          either[reference[pixel]]++;
        }
      }
    }
    double sum = 0;
    int present = 0;
    for (int category = 1; category < categories; category++) {
      if (either[category] > 0) {
        sum += (double) both[category] / either[category];
        present++;
      }
    }
    return present == 0 ? 0 : sum / present;
  }
}
