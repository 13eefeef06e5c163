package io.disassembler.profile;

import java.util.Map;

/**
 * The attribution vectors of one image that shows a category, kept for the figures.
 *
 * @param image the image's name
 * @param forward for every feature map the vector over its channels, normalised to sum to 1
 * @param backward for every feature map the sums of max(G, 0) over the mask, not normalised
 */
public record AttributionExample(
    String image, Map<String, float[]> forward, Map<String, float[]> backward) {
  public AttributionExample {
    forward = Map.copyOf(forward);
    backward = Map.copyOf(backward);
  }

  /** The normalised forward vector at {@code featureMap}. */
  public float[] forward(String featureMap) {
    return vector(forward, featureMap);
  }

  /** The raw backward vector at {@code featureMap}. */
  public float[] backward(String featureMap) {
    return vector(backward, featureMap);
  }

  private static float[] vector(Map<String, float[]> vectors, String featureMap) {
    float[] vector = vectors.get(featureMap);
    if (vector == null) {
      throw new IllegalArgumentException("not a feature map of this profile: " + featureMap);
    }
    return vector;
  }
}
