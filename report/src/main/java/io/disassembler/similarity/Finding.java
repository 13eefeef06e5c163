package io.disassembler.similarity;

import io.disassembler.base.Json;
import io.disassembler.profile.Profile;
import java.util.ArrayList;
import java.util.List;

/**
 * The finding at every feature map of a network, by both attributions.
 *
 * @param profile what it was found in
 * @param layers per feature map, in the order in which the network reads them, first by forward and
 *     then by backward attribution
 */
public record Finding(Profile profile, List<LayerSimilarity> layers) {
  public Finding {
    layers = List.copyOf(layers);
  }

  /** Compares the images of {@code profile} at every feature map. */
  public static Finding of(Profile profile) {
    List<LayerSimilarity> layers = new ArrayList<>();
    for (String featureMap : profile.featureMaps()) {
      for (Attribution attribution : Attribution.values()) {
        layers.add(LayerSimilarity.of(profile, featureMap, attribution));
      }
    }
    return new Finding(profile, layers);
  }

  /** All feature maps by one attribution, in the order in which the network reads them. */
  public List<LayerSimilarity> by(Attribution attribution) {
    return layers.stream().filter(layer -> layer.attribution() == attribution).toList();
  }

  /** One feature map by one attribution. */
  public LayerSimilarity at(String featureMap, Attribution attribution) {
    return by(attribution).stream()
        .filter(layer -> layer.featureMap().equals(featureMap))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no feature map " + featureMap));
  }

  /** True if categories can be compared at some feature map. */
  public boolean comparable() {
    return layers.stream().anyMatch(LayerSimilarity::comparable);
  }

  /** Within, between and their difference at every feature map, and the matrices, as JSON. */
  public String toJson() {
    return Json.pretty(FindingJson.of(this));
  }
}
