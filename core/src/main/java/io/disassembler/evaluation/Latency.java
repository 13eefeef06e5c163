package io.disassembler.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How long a network takes for one input, in milliseconds.
 *
 * @param lowerQuartileMs a quarter of the runs took no longer
 * @param medianMs half of the runs took no longer
 * @param upperQuartileMs three quarters of the runs took no longer
 * @param rounds number of runs measured
 */
public record Latency(double lowerQuartileMs, double medianMs, double upperQuartileMs, int rounds) {

  /**
   * Measures networks in turn (a, b, a, b, ...), so that whatever else the machine does meets all
   * of them alike. Only the run itself counts, not the filling of the input or the reading of the
   * output.
   *
   * @return one for each model, in their order
   */
  public static List<Latency> measure(
      List<OnnxRuntimeModel> models, InputTensor input, LatencySettings settings) {
    for (int round = 0; round < settings.warmUps(); round++) {
      models.forEach(model -> model.time(input));
    }
    List<List<Long>> times = new ArrayList<>();
    models.forEach(model -> times.add(new ArrayList<>()));
    long start = System.nanoTime();
    for (int round = 0;
        round < settings.rounds() || System.nanoTime() - start < settings.atLeast().toNanos();
        round++) {
      for (int model = 0; model < models.size(); model++) {
        times.get(model).add(models.get(model).time(input));
      }
    }
    return times.stream().map(Latency::of).toList();
  }

  /** Quartiles of some times in nanoseconds, interpolated between neighbours. */
  static Latency of(List<Long> nanoseconds) {
    double[] sorted = nanoseconds.stream().mapToDouble(time -> time / 1e6).sorted().toArray();
    return new Latency(
        quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75), sorted.length);
  }

  /** This median as a share of another one's. */
  public double ratioTo(Latency reference) {
    return medianMs / reference.medianMs;
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int before = (int) position;
    int after = Math.min(before + 1, sorted.length - 1);
    return sorted[before] + (position - before) * (sorted[after] - sorted[before]);
  }
}
