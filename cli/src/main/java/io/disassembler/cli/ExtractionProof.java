package io.disassembler.cli;

import io.disassembler.check.Difference;
import io.disassembler.check.Proof;
import io.disassembler.graph.Weight;
import io.disassembler.surgery.Extraction;
import io.disassembler.surgery.Verification;

/**
 * What was checked of a sub-network before it was written, on a random image.
 *
 * @param cutAgainstMasked between the cut network and the full one with the removed channels zeroed
 * @param runtimeAgainstEngine between ONNX Runtime and our engine, for the file
 */
record ExtractionProof(Difference cutAgainstMasked, Difference runtimeAgainstEngine) {
  private static final long SEED = 1;

  /**
   * Checks {@code result}.
   *
   * @throws IllegalStateException if a difference is more than rounding explains
   */
  static ExtractionProof of(LoadedModel model, Extraction.SubNetwork result, int threads) {
    Weight image = Verification.randomImage(model.input(), SEED);
    ExtractionProof proof =
        new ExtractionProof(
            Proof.cutAgainstMasked(
                result.recovered(), result.selection(), result.headless(), image),
            Proof.engineAgainstRuntime(result.network(), model.input(), image, threads));
    if (!(proof.cutAgainstMasked().holds() && proof.runtimeAgainstEngine().holds())) {
      throw new IllegalStateException(
          "the sub-network was not written: cut differs from masked by %s, ONNX Runtime from our engine by %s"
              .formatted(proof.cutAgainstMasked(), proof.runtimeAgainstEngine()));
    }
    return proof;
  }
}
