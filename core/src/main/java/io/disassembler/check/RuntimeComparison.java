package io.disassembler.check;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.disassembler.base.InvalidInputException;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares our engine with ONNX Runtime on one file. Where the outputs are not equal to rounding,
 * or are almost the same everywhere, it looks closer: at how far ONNX Runtime is from itself when
 * it does not rewrite the network, and at the scores before the final decision.
 */
final class RuntimeComparison implements AutoCloseable {
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
    Difference strict = Outputs.difference(expected, found, TrialRun.TOLERANCE);
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

  private Difference before(BeforeDecision before, NetworkInput input, Weight image) {
    return Proof.engineAgainstRuntime(before.network(), input, image, threads).noted(before.note());
  }

  private Difference byOwnDifference(
      NetworkOutput expected, float[] found, NetworkInput input, Weight image) {
    try (OnnxRuntimeModel plain =
        OnnxRuntimeModel.open(file, threads, OptLevel.NO_OPT, network.boundary(), output)) {
      double own =
          Outputs.difference(expected, Outputs.values(run(plain, input, image)), TrialRun.TOLERANCE)
              .relative();
      double tolerance = OWN_DIFFERENCES * own;
      if (!(tolerance > TrialRun.TOLERANCE) || Double.isInfinite(own)) {
        return Outputs.difference(expected, found, TrialRun.TOLERANCE);
      }
      return Outputs.difference(expected, found, tolerance)
          .noted(
              "three times as much is tolerated as ONNX Runtime without its optimisations differs from itself");
    }
  }

  private static NetworkOutput run(OnnxRuntimeModel model, NetworkInput input, Weight image) {
    return model.run(
        image.floats(),
        input.batch(),
        input.channels(),
        input.size().height(),
        input.size().width());
  }

  @Override
  public void close() {
    runtime.close();
  }
}
