package io.disassembler.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.engine.NativeScope;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class FeatureMapHarmTest {
  private static final int CHANNELS = 6;
  private static final int KERNELS = 4;

  /** Against the definition: the best linear stand-in, solved anew after every removal. */
  @Test
  void harmIsTheErrorThatTheBestStandInLeaves() {
    Random random = new Random(3);
    double[] covariance = covariance(random);
    double[] weight = random.doubles(KERNELS * CHANNELS, -1, 1).toArray();
    FeatureMapHarm map =
        new FeatureMapHarm(new int[CHANNELS], inverse(covariance), square(gram(weight), CHANNELS));
    List<Integer> removed = new ArrayList<>();
    double error = 0;
    for (int k : new int[] {2, 5, 0}) {
      double harm = map.harm(k);
      removed.add(k);
      double next = leastError(covariance, weight, removed);
      assertThat(harm).isCloseTo(next - error, within(1e-9));
      map.remove(k);
      error = next;
    }
  }

  /** Channels that go together, where one that went before them is stood in for. */
  @Test
  void harmOfChannelsTogetherIsTheErrorThatTheBestStandInLeaves() {
    Random random = new Random(4);
    double[] covariance = covariance(random);
    double[] weight = random.doubles(KERNELS * CHANNELS, -1, 1).toArray();
    FeatureMapHarm map =
        new FeatureMapHarm(new int[CHANNELS], inverse(covariance), square(gram(weight), CHANNELS));
    map.remove(1);
    double before = leastError(covariance, weight, List.of(1));
    int[] together = {4, 0, 5};
    assertThat(map.harm(together))
        .isCloseTo(leastError(covariance, weight, List.of(1, 4, 0, 5)) - before, within(1e-9))
        .isGreaterThan(map.harm(4) + map.harm(0) + map.harm(5));
    assertThat(map.harm(new int[] {4})).isEqualTo(map.harm(4));
  }

  /** The error that is left of W x when the removed channels are predicted from the kept ones. */
  private static double leastError(double[] covariance, double[] weight, List<Integer> removed) {
    long[] r = removed.stream().mapToLong(Integer::longValue).toArray();
    long[] k =
        java.util.stream.LongStream.range(0, CHANNELS)
            .filter(i -> !removed.contains((int) i))
            .toArray();
    return NativeScope.in(
        () -> {
          Tensor c = Tensor.create(covariance).reshape(CHANNELS, CHANNELS);
          Tensor lost = Tensor.create(weight).reshape(KERNELS, CHANNELS).index_select(1, ids(r));
          Tensor kk = c.index_select(0, ids(k)).index_select(1, ids(k));
          Tensor rk = c.index_select(0, ids(r)).index_select(1, ids(k));
          Tensor rr = c.index_select(0, ids(r)).index_select(1, ids(r));
          Tensor left = rr.sub(torch.matmul(rk, torch.linalg_solve(kk, rk.t())));
          return torch.matmul(torch.matmul(lost, left), lost.t()).diagonal().sum().item_double();
        });
  }

  private static Tensor ids(long[] indices) {
    return TensorData.ofLongs(indices, indices.length);
  }

  private static double[] covariance(Random random) {
    double[] factor = random.doubles(CHANNELS * CHANNELS, -1, 1).toArray();
    double[] covariance = gram(factor);
    for (int i = 0; i < CHANNELS; i++) {
      covariance[i * CHANNELS + i] += 0.1;
    }
    return covariance;
  }

  private static double[] gram(double[] rows) {
    double[] gram = new double[CHANNELS * CHANNELS];
    for (int row = 0; row < rows.length / CHANNELS; row++) {
      for (int i = 0; i < CHANNELS; i++) {
        for (int j = 0; j < CHANNELS; j++) {
          gram[i * CHANNELS + j] += rows[row * CHANNELS + i] * rows[row * CHANNELS + j];
        }
      }
    }
    return gram;
  }

  private static double[][] inverse(double[] matrix) {
    double[] inverse =
        NativeScope.in(
            () ->
                TensorData.doubles(
                    torch.linalg_inv(Tensor.create(matrix).reshape(CHANNELS, CHANNELS))));
    return square(inverse, CHANNELS);
  }

  private static double[][] square(double[] flat, int size) {
    double[][] rows = new double[size][];
    for (int i = 0; i < size; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
    }
    return rows;
  }
}
