package io.disassembler.check;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Stable;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import java.util.Locale;

/**
 * What is checked of a sub-network before anyone gets it, on a random image.
 *
 * @param cutAgainstMasked between the cut network and the full one with the removed channels zeroed
 * @param runtimeAgainstEngine between ONNX Runtime and our engine, for the file
 */
@Stable
public record ExtractionProof(Difference cutAgainstMasked, Difference runtimeAgainstEngine) {
  private static final long SEED = 1;

  /** What ONNX Runtime promises to run. */
  private static final long OLDEST_OPSET = 7;

  /**
   * Checks {@code result}.
   *
   * @param input the full network's image input
   * @throws InvalidInputException if not even the full network computes the same in ONNX Runtime
   * @throws IllegalStateException if a difference is more than rounding explains
   */
  public static ExtractionProof of(NetworkInput input, Extraction.SubNetwork result, int threads) {
    Weight image = TrialRun.randomImage(input, SEED);
    Difference runtime = Proof.engineAgainstRuntime(result.network(), input, image, threads);
    ExtractionProof proof =
        new ExtractionProof(
            Proof.cutAgainstMasked(result.recovered(), result.selection(), result.headless(), image)
                .toleratedAs(runtime),
            runtime);
    if (!(proof.cutAgainstMasked().holds() && proof.runtimeAgainstEngine().holds())) {
      requireNewEnough(result.network(), runtime);
      requireComparable(result.recovered().network(), input, image, threads);
      throw new IllegalStateException(
          "the sub-network was not written: cut differs from masked by %s, ONNX Runtime from our engine by %s"
              .formatted(proof.cutAgainstMasked(), proof.runtimeAgainstEngine()));
    }
    return proof;
  }

  /** The head needs operators that ONNX Runtime has in newer forms alone. */
  private static void requireNewEnough(Network network, Difference runtime) {
    if (!runtime.failure().isEmpty() && network.opset() < OLDEST_OPSET) {
      throw new InvalidInputException(
          "%s: is of opset %d; ONNX Runtime runs networks of opset %d and newer, so convert it first (onnx.version_converter in Python): %s"
              .formatted(network.name(), network.opset(), OLDEST_OPSET, runtime.failure()));
    }
  }

  /** What ails the full network as well is no fault of the cut. */
  private static void requireComparable(
      Network full, NetworkInput input, Weight image, int threads) {
    Difference difference = Proof.engineAgainstRuntime(full, input, image, threads);
    if (!difference.holds()) {
      throw new InvalidInputException(
          "%s: cannot be proven after a cut, since not even the whole network computes the same in ONNX Runtime: %s; check it first"
              .formatted(
                  full.name(),
                  difference.failure().isEmpty()
                      ? "the relative difference is " + difference.relative()
                      : difference.failure()));
    }
  }

  /** One line for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "cut equals masked (%.1e), ONNX Runtime agrees (%.1e)",
        cutAgainstMasked.relative(),
        runtimeAgainstEngine.relative());
  }
}
