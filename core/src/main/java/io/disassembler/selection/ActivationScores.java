package io.disassembler.selection;

import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Weight;
import io.disassembler.operator.Kernels;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import java.util.Arrays;
import java.util.Optional;

/** How active channel groups are over all profiled pixels, whatever these show. */
final class ActivationScores {
  private ActivationScores() {}

  /**
   * Per group the mean, over the channels that it has in feature maps, of the channel's mean
   * activation relative to the feature map's largest.
   */
  static double[] mean(Anatomy anatomy, Profile profile) {
    return FeatureMapScores.mean(
        anatomy.groups(),
        profile,
        featureMap -> FeatureMapScores.relative(profile.moments(featureMap).sum()));
  }

  /**
   * Per group the mean, over the channels that it has in feature maps, of the share of pixels where
   * the channel is above zero, in [0, 1]: one minus the average percentage of zeros.
   */
  static double[] positive(Anatomy anatomy, Profile profile) {
    return FeatureMapScores.mean(
        anatomy.groups(),
        profile,
        featureMap -> {
          Moments moments = profile.moments(featureMap);
          double pixels = Math.max(1, moments.count());
          return Arrays.stream(moments.positive()).map(count -> count / pixels).toArray();
        });
  }

  /**
   * Per group the sum, over the channels that it has in the inputs of weighted layers, of the
   * absolute weights that the layer reads the channel with, times the channel's root mean square.
   */
  static double[] weighted(Anatomy anatomy, Profile profile) {
    double[] scores = new double[anatomy.groups().groups().size()];
    for (int step = 0; step < anatomy.steps(); step++) {
      Optional<Kernels> kernels = anatomy.kernels(step);
      if (kernels.isPresent()) {
        addReader(anatomy, profile, step, kernels.get(), scores);
      }
    }
    return scores;
  }

  private static void addReader(
      Anatomy anatomy, Profile profile, int step, Kernels kernels, double[] scores) {
    String featureMap = anatomy.step(step).node().input(kernels.input());
    Optional<Weight> weight = anatomy.weight(step, kernels.weight());
    if (weight.isEmpty() || !profile.featureMaps().contains(featureMap)) {
      return;
    }
    anatomy
        .groups()
        .channels(featureMap)
        .ifPresent(
            channels -> {
              Moments moments = profile.moments(featureMap);
              double[] read = read(weight.get(), kernels, moments.channels());
              for (int k = 0; k < read.length; k++) {
                int group = channels.groups()[k];
                if (group >= 0) {
                  double energy = moments.cross()[k * read.length + k];
                  scores[group] += read[k] * Math.sqrt(energy / Math.max(1, moments.count()));
                }
              }
            });
  }

  /** Sum of the absolute weights with which a layer reads each of its input channels. */
  private static double[] read(Weight weight, Kernels kernels, int channels) {
    float[] values = weight.floats();
    int ins = Math.toIntExact(weight.shape().dimension(kernels.inAxis()));
    int outs = Math.toIntExact(weight.shape().dimension(kernels.outAxis()));
    int insInner = inner(weight, kernels.inAxis());
    int outsInner = inner(weight, kernels.outAxis());
    double[] read = new double[channels];
    for (int i = 0; i < values.length; i++) {
      int in = i / insInner % ins;
      // Where the weight lists the input channels of one group only, the kernel says which group.
      int group = ins == channels ? 0 : i / outsInner % outs * kernels.group() / outs;
      read[group * ins + in] += Math.abs(values[i]);
    }
    return read;
  }

  private static int inner(Weight weight, int axis) {
    int inner = 1;
    for (int after = axis + 1; after < weight.shape().rank(); after++) {
      inner *= Math.toIntExact(weight.shape().dimension(after));
    }
    return inner;
  }
}
