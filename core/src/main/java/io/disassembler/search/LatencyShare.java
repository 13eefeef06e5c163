package io.disassembler.search;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import io.disassembler.evaluation.InputTensor;
import io.disassembler.evaluation.Latency;
import io.disassembler.evaluation.LatencySettings;
import io.disassembler.extraction.Extraction.SubNetwork;
import io.disassembler.graph.Network;
import io.disassembler.input.NetworkInput;
import java.util.List;
import java.util.Locale;

/**
 * One image takes at most a share of what it takes the full network, in ONNX Runtime, on this
 * machine: medians over runs of both in turn, so that other work on the machine slows both.
 *
 * @param share in (0, 1]
 * @param full the full network, with constants folded and activations written as the sub-network's
 *     are
 * @param input the image's shape
 * @param threads how many ONNX Runtime uses
 */
public record LatencyShare(
    double share, Network full, NetworkInput input, int threads, LatencySettings settings)
    implements Requirement {

  /**
   * @throws InvalidInputException if the share is not in (0, 1]
   */
  public LatencyShare {
    if (!(share > 0 && share <= 1)) {
      throw new InvalidInputException(
          "latency: expected a share of the full network's above 0 and up to 1, such as 0.5, found %s"
              .formatted(share),
          Setting.LATENCY_SHARE);
    }
  }

  @Override
  public Finding measure(SubNetwork network) {
    try (TimedNetwork whole = new TimedNetwork(full, threads);
        TimedNetwork small = new TimedNetwork(network.network(), threads);
        InputTensor image = new InputTensor(input.shape())) {
      List<Latency> times = Latency.measure(List.of(whole.model(), small.model()), image, settings);
      double ratio = times.get(1).ratioTo(times.get(0));
      return new Finding(
          ratio <= share,
          String.format(
              Locale.ROOT,
              "it takes %.2f of the full network's time (%.1f of %.1f ms)",
              ratio,
              times.get(1).medianMs(),
              times.get(0).medianMs()));
    }
  }

  @Override
  public boolean favoursMore() {
    return false;
  }

  @Override
  public String text() {
    return "a latency of at most %s of the full network's".formatted(share);
  }

  @Override
  public Setting setting() {
    return Setting.LATENCY_SHARE;
  }
}
