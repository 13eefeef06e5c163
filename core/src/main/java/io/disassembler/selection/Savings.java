package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Channels;
import io.disassembler.operator.Kernels;

/** What the loss of each channel group would save. */
final class Savings {
  private Savings() {}

  /** Per group its share of the layers that make it and that read it, as they are now. */
  static double[] of(Anatomy anatomy, Selection current, Budget.Measure measure) {
    double[] savings = new double[anatomy.groups().groups().size()];
    for (int step = 0; step < anatomy.steps(); step++) {
      KeptShapes shapes = new KeptShapes(anatomy, current, step);
      if (anatomy.kernels(step).isEmpty()) {
        continue;
      }
      Kernels kernels = anatomy.kernels(step).get();
      double amount =
          measure == Budget.Measure.MACS
              ? anatomy.step(step).operator().macs(shapes)
              : shapes.input(kernels.weight()).elements();
      share(anatomy, anatomy.step(step).node().outputs().get(0), current, amount, savings);
      if (mixes(anatomy, step, kernels)) {
        share(anatomy, anatomy.step(step).node().input(kernels.input()), current, amount, savings);
      }
    }
    return savings;
  }

  /** Depthwise layers have no channel to save besides those that they make. */
  private static boolean mixes(Anatomy anatomy, int step, Kernels kernels) {
    long channels = anatomy.shapes(step).input(kernels.input()).dimension(kernels.inputAxis());
    return kernels.group() == 1 || channels > kernels.group();
  }

  private static void share(
      Anatomy anatomy, String value, Selection current, double amount, double[] savings) {
    Channels channels = anatomy.groups().values().get(value);
    if (channels != null) {
      double each = amount / current.count(channels);
      for (int group : channels.groups()) {
        if (group != Channels.FIXED && current.keeps(group)) {
          savings[group] += each;
        }
      }
    }
  }
}
