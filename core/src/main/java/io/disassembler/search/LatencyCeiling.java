package io.disassembler.search;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.evaluation.InputTensor;
import io.disassembler.evaluation.Latency;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.extraction.Extraction.SubNetwork;
import io.disassembler.input.NetworkInput;
import java.util.List;
import java.util.Locale;

/**
 * One image takes at most so long in ONNX Runtime, on this machine: the median over some runs.
 *
 * @param milliseconds the longest that is allowed, above 0
 * @param input the image's shape
 * @param threads how many ONNX Runtime uses
 */
public record LatencyCeiling(
    double milliseconds, NetworkInput input, int threads, LatencySettings settings)
    implements Requirement {

  /**
   * @throws InvalidInputException if the time is not above 0
   */
  public LatencyCeiling {
    if (!(milliseconds > 0)) {
      throw new InvalidInputException(
          "latency: expected a time above 0, found %s ms".formatted(milliseconds),
          Setting.LATENCY_CEILING);
    }
  }

  @Override
  public Finding measure(SubNetwork network) {
    try (TimedNetwork timed = new TimedNetwork(network.network(), threads);
        InputTensor image = new InputTensor(input.shape())) {
      double median = Latency.measure(List.of(timed.model()), image, settings).get(0).medianMs();
      return new Finding(
          median <= milliseconds, String.format(Locale.ROOT, "it takes %.1f ms", median));
    }
  }

  @Override
  public boolean favoursMore() {
    return false;
  }

  @Override
  public String text() {
    return "a latency of at most %s ms".formatted(milliseconds);
  }

  @Override
  public Setting setting() {
    return Setting.LATENCY_CEILING;
  }
}
