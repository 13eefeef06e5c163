package io.disassembler.explorer.view;

import io.disassembler.attribution.Excitations.ActivationMap;
import io.disassembler.data.Sample;
import java.util.List;

/**
 * What excites a channel.
 *
 * @param layer number of the layer whose kernel makes it
 * @param kernel number of the kernel in that layer
 * @param images number of images that were searched
 * @param strongest the strongest first
 */
public record Look(int layer, int kernel, int images, List<Excitement> strongest) {

  /** An image that excites a channel, and where. */
  public record Excitement(Sample sample, float peak, ActivationMap map) {}
}
