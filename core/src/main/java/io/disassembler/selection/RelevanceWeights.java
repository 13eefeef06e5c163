package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Errors count as much as the kernels that they reach matter to the chosen categories: what a
 * profile alone can say.
 */
final class RelevanceWeights implements ErrorWeights {
  /** Of a kernel that the chosen categories do not rely on at all. */
  private static final double LEAST = 0.1;

  private final Anatomy anatomy;
  private final Map<Integer, double[]> ofKernels = new HashMap<>();

  /**
   * @param relevance how much the chosen categories rely on each channel group, in [0, 1]
   */
  RelevanceWeights(Anatomy anatomy, double[] relevance) {
    this.anatomy = anatomy;
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        ofKernels.computeIfAbsent(kernel.step(), step -> ones(channels(step)))[kernel.index()] =
            LEAST + (1 - LEAST) * relevance[group.id()];
      }
    }
  }

  private int channels(int step) {
    String output = anatomy.node(step).outputs().get(0);
    return anatomy.groups().channels(output).map(Channels::groups).orElseThrow().length;
  }

  /** The weights of kernels that can never be removed. */
  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Override
  public Optional<double[]> of(int step) {
    double[] known = ofKernels.get(step);
    if (known != null) {
      return Optional.of(known);
    }
    Kernels kernels = anatomy.kernels(step).orElseThrow();
    Optional<Weight> weight = anatomy.weight(step, kernels.weight());
    return weight.map(stored -> ones(kernels.count(stored.shape())));
  }

  @Override
  public boolean inOneUnit() {
    return false;
  }
}
