package io.disassembler.selection;

import io.disassembler.channel.ChannelGroups;
import io.disassembler.channel.Channels;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Carries relevance from the channels of feature maps over to channel groups. */
final class AttributionScores {
  private AttributionScores() {}

  /**
   * Per group the mean, over the channels that it has in feature maps, of the channel's relevance
   * for the category that needs it most; relevance is taken relative to the feature map's largest.
   *
   * @param relevance the relevance vector of a category at a feature map
   */
  static double[] of(
      ChannelGroups groups,
      Profile profile,
      List<Integer> categories,
      BiFunction<CategoryProfile, String, double[]> relevance) {
    double[] sums = new double[groups.groups().size()];
    int[] counts = new int[sums.length];
    for (String featureMap : profile.featureMaps()) {
      Channels channels = groups.values().get(featureMap);
      if (channels == null) {
        continue;
      }
      double[] strongest = new double[channels.groups().length];
      for (int category : categories) {
        double[] vector = relevance.apply(profile.category(category), featureMap);
        double largest = Arrays.stream(vector).max().orElse(0);
        for (int k = 0; k < strongest.length && largest > 0; k++) {
          strongest[k] = Math.max(strongest[k], vector[k] / largest);
        }
      }
      for (int k = 0; k < strongest.length; k++) {
        int group = channels.groups()[k];
        if (group != Channels.FIXED) {
          sums[group] += strongest[k];
          counts[group]++;
        }
      }
    }
    for (int group = 0; group < sums.length; group++) {
      sums[group] /= Math.max(1, counts[group]);
    }
    return sums;
  }
}
