package io.disassembler.explorer.view;

import io.disassembler.attribution.Excitations.ActivationMap;
import io.disassembler.data.Sample;
import io.disassembler.profile.Moments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What excites a channel.
 *
 * @param layer number of the layer whose kernel makes it
 * @param kernel number of the kernel in that layer
 * @param images number of images that were searched
 * @param featureMap the value whose channel it is
 * @param usual what the channel's activations are in the profiled images; null where there were
 *     none
 * @param strongest the strongest first
 */
public record Look(
    int layer,
    int kernel,
    int images,
    String featureMap,
    @Nullable Usual usual,
    List<Excitement> strongest) {

  /**
   * The activations of a channel over all pixels of all profiled images.
   *
   * @param deviation their standard deviation
   */
  public record Usual(double mean, double deviation) {

    /** Those of a channel; null if the moments are of no pixel. */
    public static @Nullable Usual of(Moments moments, int channel) {
      if (moments.count() == 0) {
        return null;
      }
      double mean = moments.sum()[channel] / moments.count();
      double square = moments.cross()[channel * moments.channels() + channel] / moments.count();
      return new Usual(mean, Math.sqrt(Math.max(0, square - mean * mean)));
    }
  }

  /** An image that excites a channel, and where. */
  public record Excitement(Sample sample, float peak, ActivationMap map) {}
}
