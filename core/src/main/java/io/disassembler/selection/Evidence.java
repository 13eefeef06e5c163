package io.disassembler.selection;

import io.disassembler.base.Stable;
import io.disassembler.graph.Weight;
import io.disassembler.profile.Profile;
import java.util.List;
import java.util.Map;

/**
 * What selections go by: a profile, and images where some are at hand. With images, {@link
 * Criterion#RECONSTRUCTION} finds out how much the decision between the chosen categories and the
 * rest depends on each layer; every other criterion goes by the profile alone.
 *
 * @param images inputs of the network in batches: a tensor for every graph input, by name; N x C x
 *     H x W; empty if there are none
 */
@Stable
public record Evidence(Profile profile, List<Map<String, Weight>> images) {
  public Evidence {
    images = List.copyOf(images);
  }

  /** A profile, and no images. */
  public static Evidence of(Profile profile) {
    return new Evidence(profile, List.of());
  }
}
