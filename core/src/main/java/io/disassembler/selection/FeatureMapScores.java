package io.disassembler.selection;

import io.disassembler.channel.ChannelGroups;
import io.disassembler.channel.Channels;
import io.disassembler.profile.Profile;
import java.util.Arrays;
import java.util.function.Function;

/** Carries scores from the channels of feature maps over to channel groups. */
final class FeatureMapScores {
  private FeatureMapScores() {}

  /**
   * Per group the mean of the scores of the channels that it has in feature maps; 0 if it has none.
   *
   * @param scores the score of each channel of a feature map
   */
  static double[] mean(ChannelGroups groups, Profile profile, Function<String, double[]> scores) {
    double[] sums = new double[groups.groups().size()];
    int[] counts = new int[sums.length];
    for (String featureMap : profile.featureMaps()) {
      Channels channels = groups.values().get(featureMap);
      if (channels == null) {
        continue;
      }
      double[] vector = scores.apply(featureMap);
      for (int k = 0; k < vector.length; k++) {
        int group = channels.groups()[k];
        if (group != Channels.FIXED) {
          sums[group] += vector[k];
          counts[group]++;
        }
      }
    }
    for (int group = 0; group < sums.length; group++) {
      sums[group] /= Math.max(1, counts[group]);
    }
    return sums;
  }

  /** {@code vector} as shares of its largest element; zeros where none is positive. */
  static double[] relative(double[] vector) {
    double largest = Arrays.stream(vector).max().orElse(0);
    return largest > 0
        ? Arrays.stream(vector).map(x -> x / largest).toArray()
        : new double[vector.length];
  }
}
