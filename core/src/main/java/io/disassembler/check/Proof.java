package io.disassembler.check;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.selection.Selection;

/** Compares what must be equal, on one input. */
public final class Proof {
  private Proof() {}

  /** Between a cut network and the full one with the removed channels set to zero. */
  public static Difference cutAgainstMasked(
      Anatomy full, Selection selection, Network cut, Weight image) {
    String output = full.network().outputs().get(0).name();
    try {
      float[] expected = TrialRun.masked(full, selection, image);
      float[] found = TrialRun.run(cut, image, full.threads());
      return full.probe().type(output).isFloating()
          ? Difference.ofScores(expected, found)
          : Difference.ofNumbers(expected, found);
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Between our engine and ONNX Runtime, which gets {@code network} as a file. */
  public static Difference engineAgainstRuntime(
      Network network, NetworkInput input, Weight image, int threads) {
    try (TemporaryModel written = TemporaryModel.of(network);
        OnnxRuntimeModel runtime =
            OnnxRuntimeModel.open(written.file(), threads, network.boundary(), null)) {
      return engineAgainst(run(runtime, input, image), network, image, threads);
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }

  /** Between our engine and what ONNX Runtime made of the same input. */
  static Difference engineAgainst(
      NetworkOutput expected, Network network, Weight image, int threads) {
    try {
      return Outputs.difference(expected, TrialRun.run(network, image, threads));
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }

  static NetworkOutput run(OnnxRuntimeModel runtime, NetworkInput input, Weight image) {
    return runtime.run(
        image.floats(),
        input.batch(),
        input.channels(),
        input.size().height(),
        input.size().width());
  }
}
