package io.disassembler.selection;

import io.disassembler.base.UnattainableException;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.ChannelGroup;
import io.disassembler.channel.Channels;
import io.disassembler.graph.Weight;
import java.util.Optional;

/** How strongly normalisations let channels through. */
final class NormalizationScales {
  private NormalizationScales() {}

  /**
   * Per group the sum of |gamma| of its channels in BatchNormalization. Families of groups that no
   * BatchNormalization follows are scored by {@link KernelNorms#l1}: scores compare within a family
   * only.
   *
   * @throws UnattainableException if the network has no BatchNormalization with stored parameters
   */
  static double[] of(Anatomy anatomy) {
    double[] scales = new double[anatomy.groups().groups().size()];
    boolean[] normalised = new boolean[anatomy.groups().families()];
    boolean any = false;
    for (int step = 0; step < anatomy.steps(); step++) {
      Optional<Weight> gamma = anatomy.channelScale(step);
      if (gamma.isPresent()) {
        any = true;
        add(anatomy, step, gamma.get().floats(), scales, normalised);
      }
    }
    if (!any) {
      throw new UnattainableException(
          "%s: has no BatchNormalization whose scale could rank channels; exporters fold it into the convolutions by default; export with training=TrainingMode.PRESERVE or choose another criterion"
              .formatted(anatomy.network().name()));
    }
    double[] norms = KernelNorms.l1(anatomy);
    for (ChannelGroup group : anatomy.groups().groups()) {
      if (!normalised[group.family()]) {
        scales[group.id()] = norms[group.id()];
      }
    }
    return scales;
  }

  private static void add(
      Anatomy anatomy, int step, float[] gamma, double[] scales, boolean[] normalised) {
    Optional<Channels> channels =
        anatomy.groups().channels(anatomy.step(step).node().outputs().get(0));
    for (int k = 0; channels.isPresent() && k < gamma.length; k++) {
      int group = channels.get().groups()[k];
      if (group != Channels.FIXED) {
        scales[group] += Math.abs(gamma[k]);
        normalised[anatomy.groups().groups().get(group).family()] = true;
      }
    }
  }
}
