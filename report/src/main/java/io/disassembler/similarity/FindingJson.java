package io.disassembler.similarity;

import io.disassembler.profile.Profile;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a {@link Finding}.
 *
 * @param model SHA-256 of the network's file
 * @param profile SHA-256 of the profile
 * @param images number of images
 * @param confidence of the intervals
 * @param interval how they were found
 */
record FindingJson(
    String model,
    String profile,
    int images,
    double confidence,
    String interval,
    List<Layer> layers) {
  private static final double CONFIDENCE = 0.95;

  static FindingJson of(Finding finding) {
    Profile profile = finding.profile();
    return new FindingJson(
        profile.header().modelSha256(),
        profile.sha256(),
        profile.images().size(),
        CONFIDENCE,
        "delete-one jackknife over images",
        finding.layers().stream().map(layer -> Layer.of(profile, layer)).toList());
  }

  /**
   * One feature map by one attribution.
   *
   * @param similarity categories x categories
   */
  private record Layer(
      String featureMap,
      int channels,
      String attribution,
      @Nullable Estimate within,
      @Nullable Estimate between,
      @Nullable Estimate difference,
      List<String> categories,
      List<List<Double>> similarity) {
    static Layer of(Profile profile, LayerSimilarity layer) {
      int count = layer.categories().size();
      return new Layer(
          layer.featureMap(),
          profile.channels(layer.featureMap()),
          layer.attribution().id(),
          layer.within(),
          layer.between(),
          layer.difference(),
          layer.categories().stream().map(profile.header().categories()::get).toList(),
          IntStream.range(0, count)
              .mapToObj(c -> IntStream.range(0, count).mapToObj(d -> layer.mean(c, d)).toList())
              .toList());
    }
  }
}
