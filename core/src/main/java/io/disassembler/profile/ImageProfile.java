package io.disassembler.profile;

import java.util.Map;

/**
 * What one image contributes to a profile.
 *
 * @param image the image's name
 * @param content tells what it shows from what others show: the first 8 bytes of the SHA-256 of its
 *     pixels as the network takes them (float32, little-endian, C x H x W)
 * @param categories what it shows of each category that is present, by the category's number
 * @param moments moments of every feature map over this image's pixels
 */
public record ImageProfile(
    String image, long content, Map<Integer, Presence> categories, Map<String, Moments> moments) {

  public ImageProfile {
    categories = Map.copyOf(categories);
    moments = Map.copyOf(moments);
  }

  /**
   * Attributions of one category in one image: for every feature map one number per channel, summed
   * over the mask.
   *
   * @param maskArea pixels of the mask at the logits' resolution
   * @param forward sums of max(A, 0)
   * @param backward sums of max(G, 0)
   * @param taylor sums of |A G|
   */
  public record Presence(
      double maskArea,
      Map<String, double[]> forward,
      Map<String, double[]> backward,
      Map<String, double[]> taylor) {}
}
