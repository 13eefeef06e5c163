package io.disassembler.similarity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.disassembler.profile.Profile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The finding at every feature map of a network, by both attributions.
 *
 * @param profile what it was found in
 * @param layers per feature map, in the order in which the network reads them, first by forward and
 *     then by backward attribution
 */
public record Finding(Profile profile, List<LayerSimilarity> layers) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

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
    ObjectNode root = JSON.createObjectNode();
    root.put("model", profile.header().modelSha256());
    root.put("profile", profile.sha256());
    root.put("images", profile.images().size());
    root.put("confidence", 0.95);
    root.put("interval", "delete-one jackknife over images");
    ArrayNode array = root.putArray("layers");
    layers.forEach(layer -> layer(array.addObject(), layer));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void layer(ObjectNode node, LayerSimilarity layer) {
    node.put("featureMap", layer.featureMap());
    node.put("channels", profile.channels(layer.featureMap()));
    node.put("attribution", layer.attribution().id());
    estimate(node, "within", layer.within());
    estimate(node, "between", layer.between());
    estimate(node, "difference", layer.difference());
    ArrayNode names = node.putArray("categories");
    layer.categories().forEach(c -> names.add(profile.header().categories().get(c)));
    ArrayNode matrix = node.putArray("similarity");
    int count = layer.categories().size();
    for (int c = 0; c < count; c++) {
      int row = c;
      ArrayNode line = matrix.addArray();
      IntStream.range(0, count).forEach(d -> line.add(layer.mean(row, d)));
    }
  }

  private static void estimate(ObjectNode node, String key, @Nullable Estimate estimate) {
    if (estimate == null) {
      node.putNull(key);
    } else {
      node.putObject(key)
          .put("value", estimate.value())
          .put("low", estimate.low())
          .put("high", estimate.high());
    }
  }
}
