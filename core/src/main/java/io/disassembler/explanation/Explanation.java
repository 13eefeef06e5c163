package io.disassembler.explanation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the quality of a sub-network went.
 *
 * @param images how many were asked
 * @param resolution divergence of the whole network's decisions at the sub-network's resolution,
 *     nats per image; 0 at full resolution
 * @param families of channel groups that lost some, in the order in which they are made
 * @param together mean Kullback-Leibler divergence of the sub-network's decisions from the full
 *     network's, nats per image: of everything that was cut, after the recovery
 * @param layers errors in what the sub-network's layers make, in the order in which they run
 */
public record Explanation(
    int images, double resolution, List<Family> families, double together, List<Layer> layers) {

  public Explanation {
    families = List.copyOf(families);
    layers = List.copyOf(layers);
  }

  /**
   * Channel groups that are cut together with others of their kind.
   *
   * @param layer what the first of its layers puts out
   * @param layers how many layers have kernels in it
   * @param kept number of its groups that are kept
   * @param groups number of its groups
   * @param predicted harm that their loss was predicted to do, nats per image
   * @param alone divergence of the decisions where this family alone is cut, and ridge recovery
   *     follows; nats per image
   */
  public record Family(
      String layer, int layers, int kept, int groups, double predicted, double alone) {}

  /**
   * A layer of the sub-network.
   *
   * @param name what it puts out
   * @param kept number of its kernels that are kept
   * @param kernels number of its kernels
   * @param error squared error of what its kept kernels make in the sub-network, as a share of what
   *     they vary by in the full network; 0 is none, 1 is no better than the mean; null where they
   *     do not vary
   */
  public record Layer(String name, int kept, int kernels, @Nullable Double error) {}

  /**
   * Spearman's rank correlation between predicted and measured harm over the families, in [-1, 1];
   * NaN where fewer than two were cut.
   */
  public double rankCorrelation() {
    int n = families.size();
    double squares = 0;
    for (Family family : families) {
      double difference =
          rank(family.predicted(), families.stream().mapToDouble(Family::predicted).toArray())
              - rank(family.alone(), families.stream().mapToDouble(Family::alone).toArray());
      squares += difference * difference;
    }
    return n < 2 ? Double.NaN : 1 - 6 * squares / (n * ((double) n * n - 1));
  }

  /** Of equal values each has the mean of their ranks. */
  private static double rank(double value, double[] values) {
    double rank = 0;
    for (double other : values) {
      rank += other < value ? 1 : other == value ? 0.5 : 0;
    }
    return rank;
  }
}
