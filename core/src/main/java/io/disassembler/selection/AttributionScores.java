package io.disassembler.selection;

import io.disassembler.channel.ChannelGroups;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import java.util.List;
import java.util.function.BiFunction;

/** How relevant channel groups are to categories. */
final class AttributionScores {
  private AttributionScores() {}

  /**
   * Per group the mean, over the channels that it has in feature maps, of the channel's relevance
   * for the category that needs it most; relevance is taken relative to the feature map's largest.
   *
   * @param categories of those that were profiled
   * @param relevance the relevance vector of a category at a feature map
   */
  static double[] of(
      ChannelGroups groups,
      Profile profile,
      List<Integer> categories,
      BiFunction<CategoryProfile, String, double[]> relevance) {
    profile.requireProfiled(categories);
    return FeatureMapScores.mean(
        groups,
        profile,
        featureMap -> {
          double[] strongest = new double[profile.channels(featureMap)];
          for (int category : categories) {
            double[] vector =
                FeatureMapScores.relative(relevance.apply(profile.category(category), featureMap));
            for (int k = 0; k < strongest.length; k++) {
              strongest[k] = Math.max(strongest[k], vector[k]);
            }
          }
          return strongest;
        });
  }

  /** Forward times backward attribution of a category at a feature map. */
  static double[] cooperation(CategoryProfile category, String featureMap) {
    double[] product = category.forward(featureMap);
    double[] backward = category.backward(featureMap);
    for (int k = 0; k < product.length; k++) {
      product[k] *= backward[k];
    }
    return product;
  }
}
