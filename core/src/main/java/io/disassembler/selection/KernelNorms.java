package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.graph.Weight;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** How large kernels are, and how far apart. */
final class KernelNorms {
  private KernelNorms() {}

  /** Per group the sum of the absolute weights of its kernels. */
  static double[] l1(Anatomy anatomy) {
    return perGroup(anatomy, kernels -> sums(kernels, Math::abs));
  }

  /** Per group the sum of the squared weights of its kernels. */
  static double[] l2(Anatomy anatomy) {
    return perGroup(anatomy, kernels -> sums(kernels, w -> w * w));
  }

  /**
   * Per group the sum of the Euclidean distances of its kernels to the others of their layers:
   * least for the kernel nearest to the geometric median, which the others can replace.
   */
  static double[] distances(Anatomy anatomy) {
    return perGroup(anatomy, KernelNorms::distances);
  }

  private interface Term {
    double of(double weight);
  }

  private static double[] sums(float[][] kernels, Term term) {
    double[] sums = new double[kernels.length];
    for (int k = 0; k < sums.length; k++) {
      for (float weight : kernels[k]) {
        sums[k] += term.of(weight);
      }
    }
    return sums;
  }

  private static double[] distances(float[][] kernels) {
    double[] sums = new double[kernels.length];
    for (int i = 0; i < kernels.length; i++) {
      for (int j = 0; j < i; j++) {
        double squares = 0;
        for (int w = 0; w < kernels[i].length; w++) {
          double difference = kernels[i][w] - kernels[j][w];
          squares += difference * difference;
        }
        sums[i] += Math.sqrt(squares);
        sums[j] += Math.sqrt(squares);
      }
    }
    return sums;
  }

  /** Per group the sum over its kernels of what {@code rule} says of each kernel of a layer. */
  private static double[] perGroup(Anatomy anatomy, Function<float[][], double[]> rule) {
    Map<Integer, double[]> perStep = new HashMap<>();
    double[] scores = new double[anatomy.groups().groups().size()];
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        double[] step =
            perStep.computeIfAbsent(kernel.step(), s -> rule.apply(kernels(anatomy, s)));
        if (step.length > 0) {
          scores[group.id()] += step[kernel.index() % step.length];
        }
      }
    }
    return scores;
  }

  /** The weights of each kernel of a layer; none if they are not stored. */
  private static float[][] kernels(Anatomy anatomy, int step) {
    return anatomy
        .kernels(step)
        .flatMap(k -> anatomy.weight(step, k.weight()).map(weight -> rows(weight, k.outAxis())))
        .orElseGet(() -> new float[0][]);
  }

  private static float[][] rows(Weight weight, int outAxis) {
    float[] values = weight.floats();
    int count = Math.toIntExact(weight.shape().dimension(outAxis));
    int inner = 1;
    for (int axis = outAxis + 1; axis < weight.shape().rank(); axis++) {
      inner *= Math.toIntExact(weight.shape().dimension(axis));
    }
    float[][] rows = new float[count][values.length / Math.max(1, count)];
    for (int i = 0; i < values.length; i++) {
      rows[i / inner % count][i / (inner * count) * inner + i % inner] = values[i];
    }
    return rows;
  }
}
