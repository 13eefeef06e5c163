package io.disassembler.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps the images on which each network loses most IoU against the reference; of equal ones those
 * with more differing pixels, then the first by name. Memory does not grow with the number of
 * images.
 */
public final class WorstPredictions implements PredictionListener {
  private static final Comparator<NetworkPrediction> WORST_FIRST =
      Comparator.comparingDouble((NetworkPrediction p) -> -p.loss())
          .thenComparingDouble(p -> -p.differing())
          .thenComparing(p -> p.sample().name());

  private final int most;
  private final Map<Integer, List<NetworkPrediction>> worst = new TreeMap<>();

  /**
   * @param most how many images to keep of each network
   */
  public WorstPredictions(int most) {
    this.most = most;
  }

  @Override
  public void predicted(int network, NetworkPrediction prediction) {
    List<NetworkPrediction> kept = worst.computeIfAbsent(network, key -> new ArrayList<>());
    kept.add(prediction);
    kept.sort(WORST_FIRST);
    if (kept.size() > most) {
      kept.remove(most);
    }
  }

  /** The images kept of a network, worst first. */
  public List<NetworkPrediction> of(int network) {
    return List.copyOf(worst.getOrDefault(network, List.of()));
  }
}
