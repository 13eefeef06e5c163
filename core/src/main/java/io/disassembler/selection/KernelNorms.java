package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import java.util.HashMap;
import java.util.Map;

/** How large kernels are. */
final class KernelNorms {
  private KernelNorms() {}

  /** Per group the sum of the absolute weights of its kernels. */
  static double[] l1(Anatomy anatomy) {
    Map<Integer, double[]> perStep = new HashMap<>();
    double[] norms = new double[anatomy.groups().groups().size()];
    for (ChannelGroup group : anatomy.groups().groups()) {
      for (ChannelGroup.Kernel kernel : group.kernels()) {
        double[] step = perStep.computeIfAbsent(kernel.step(), s -> l1(anatomy, s));
        if (step.length > 0) {
          norms[group.id()] += step[kernel.index() % step.length];
        }
      }
    }
    return norms;
  }

  private static double[] l1(Anatomy anatomy, int step) {
    Kernels kernels = anatomy.step(step).operator().kernels(anatomy.shapes(step));
    Weight weight = kernels == null ? null : anatomy.weight(step, kernels.weight()).orElse(null);
    if (kernels == null || weight == null) {
      return new double[0];
    }
    float[] values = weight.floats();
    int count = Math.toIntExact(weight.shape().dimension(kernels.outAxis()));
    long inner = 1;
    for (int axis = kernels.outAxis() + 1; axis < weight.shape().rank(); axis++) {
      inner *= weight.shape().dimension(axis);
    }
    double[] norms = new double[count];
    for (int i = 0; i < values.length; i++) {
      norms[(int) (i / inner % count)] += Math.abs(values[i]);
    }
    return norms;
  }
}
