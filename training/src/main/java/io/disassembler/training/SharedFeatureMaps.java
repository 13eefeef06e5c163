package io.disassembler.training;

import io.disassembler.base.InvalidInputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values that a sub-network and the network that it was cut from both have, by name.
 *
 * @param channels for each value the teacher's channels that the sub-network has, in order
 * @param share how much they count beside the logits, at least 0
 */
public record SharedFeatureMaps(Map<String, List<Integer>> channels, double share) {
  /** None count. */
  public static final SharedFeatureMaps NONE = new SharedFeatureMaps(Map.of(), 0);

  public SharedFeatureMaps {
    channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
    if (!(share >= 0 && Double.isFinite(share))) {
      throw new InvalidInputException(
          "feature maps: expected a share of at least 0, found " + share);
    }
  }
}
