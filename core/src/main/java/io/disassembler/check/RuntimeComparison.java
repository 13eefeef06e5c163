package io.disassembler.check;

import io.disassembler.base.InvalidInputException;
import io.disassembler.boundary.Presentation;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares our engine with ONNX Runtime on one file. Where the outputs are not equal to rounding,
 * or are almost the same everywhere, it looks closer: at how far ONNX Runtime is from itself when
 * it does not rewrite the network, and at the scores before the final decision.
 */
final class RuntimeComparison implements AutoCloseable {
  /** What layers that round to 11 bits add up to. */
  private static final double HALF_TOLERANCE = 3e-2;

  /** What numbers of 8 bits that are rounded to the other side add up to. */
  private static final double INTEGER_TOLERANCE = 5e-2;

  /** Probabilities that differ by more are not explained by what comes before. */
  private static final float PROBABILITIES_AGREE = 1e-3f;

  /** Category numbers that agree less are not explained by ties. */
  private static final double NUMBERS_AGREE = 0.99;

  /** Two ways of rounding may lie on both sides of a third. */
  private static final double OWN_DIFFERENCES = 3;

  private final Network network;
  private final Path file;
  private final @Nullable String output;
  private final int threads;
  private final OnnxRuntimeModel runtime;
  private final double tolerance;

  /**
   * @param network what the file holds
   * @param output the file's output that counts; null for the first
   * @throws InvalidInputException if ONNX Runtime cannot load the file
   */
  RuntimeComparison(Network network, Path file, @Nullable String output, int threads) {
    this.network = network;
    this.file = file;
    this.output = output;
    this.threads = threads;
    runtime = OnnxRuntimeModel.open(file, threads, network.boundary(), output);
    tolerance =
        !network.boundary().quantized().isEmpty()
            ? INTEGER_TOLERANCE
            : network.boundary().types().containsValue(ElementType.FLOAT16)
                ? HALF_TOLERANCE
                : TrialRun.TOLERANCE;
  }

  /**
   * What ONNX Runtime makes of an image.
   *
   * @throws InvalidInputException if it cannot
   */
  NetworkOutput expected(NetworkInput input, Weight image) {
    return run(runtime, input, image);
  }

  /** The difference of our engine from {@code expected}. */
  Difference difference(NetworkOutput expected, NetworkInput input, Weight image) {
    float[] found;
    try {
      found = TrialRun.run(network, image, threads);
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
    if (!network.boundary().types().isEmpty()) {
      Difference wide = wide(input, image);
      if (!wide.holds() || !runtime.isNative()) {
        return wide;
      }
    }
    double tolerated = tolerance;
    if (!network.boundary().quantized().isEmpty()) {
      Network unrounded = Presentation.unrounded(network);
      Difference difference = unrounded(unrounded, input, image);
      if (!difference.holds()) {
        return difference;
      }
      double rounding =
          OWN_DIFFERENCES * TrialRun.difference(found, TrialRun.run(unrounded, image, threads));
      tolerated = Double.isFinite(rounding) ? Math.max(tolerance, rounding) : tolerance;
    }
    Difference strict = Outputs.difference(expected, found, tolerated);
    boolean flat =
        expected instanceof NetworkOutput.Scores scores && Outputs.isFlat(scores.values());
    if (strict.holds() && !flat) {
      return strict;
    }
    Optional<BeforeDecision> before = BeforeDecision.of(network);
    if (before.isPresent() && Outputs.agree(expected, found, PROBABILITIES_AGREE, NUMBERS_AGREE)) {
      return before(before.get(), input, image);
    }
    return strict.holds() ? strict : byOwnDifference(expected, found, input, image);
  }

  /**
   * The difference without the rounding to 8 bits, which would let little else be seen.
   *
   * @param unrounded the network without it
   */
  private Difference unrounded(Network unrounded, NetworkInput input, Weight image) {
    return Proof.engineAgainstRuntime(unrounded, input, image, threads)
        .noted("compared without rounding to 8 bits");
  }

  /** The difference where ONNX Runtime computes in floats of 32 bits as well. */
  private Difference wide(NetworkInput input, Weight image) {
    Network wide = network.toBuilder().boundary(network.boundary().withTypes(Map.of())).build();
    return Proof.engineAgainstRuntime(wide, input, image, threads)
        .noted("compared in floats of 32 bits");
  }

  private Difference before(BeforeDecision before, NetworkInput input, Weight image) {
    return Proof.engineAgainstRuntime(before.network(), input, image, threads).noted(before.note());
  }

  private Difference byOwnDifference(
      NetworkOutput expected, float[] found, NetworkInput input, Weight image) {
    try (OnnxRuntimeModel plain =
        OnnxRuntimeModel.asItIs(file, threads, network.boundary(), output)) {
      double own =
          TrialRun.difference(Outputs.values(expected), Outputs.values(run(plain, input, image)));
      double tolerated = OWN_DIFFERENCES * own;
      if (!(tolerated > tolerance) || Double.isInfinite(own)) {
        return Outputs.difference(expected, found, tolerance);
      }
      return Outputs.difference(expected, found, tolerated)
          .noted(
              "three times as much is tolerated as ONNX Runtime without its optimisations differs from itself");
    }
  }

  private static NetworkOutput run(OnnxRuntimeModel model, NetworkInput input, Weight image) {
    return model.run(image.floats(), input.shape());
  }

  @Override
  public void close() {
    runtime.close();
  }
}
