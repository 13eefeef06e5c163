package io.disassembler.check;

import io.disassembler.base.InvalidInputException;
import io.disassembler.boundary.Presentation;
import io.disassembler.channel.Anatomy;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.selection.Selection;
import java.util.Optional;

/** Compares what must be equal, on one input. */
public final class Proof {
  private Proof() {}

  /**
   * Between a cut network and the full one with the removed channels set to zero; in floats first
   * where they are rounded to 8 bits.
   */
  public static Difference cutAgainstMasked(
      Anatomy full, Selection selection, Network cut, Weight image) {
    String output = full.network().outputs().get(0).name();
    if (!cut.boundary().quantized().isEmpty()) {
      Difference unrounded =
          cutAgainstMasked(
              full.withNetwork(Presentation.unrounded(full.network())),
              selection,
              Presentation.unrounded(cut),
              image);
      if (!unrounded.holds()) {
        return unrounded;
      }
    }
    try {
      float[] expected = TrialRun.masked(full, selection, output, image);
      float[] found = TrialRun.run(cut, image, full.threads());
      boolean numbers = !full.probe().type(output).isFloating();
      Difference difference =
          numbers ? Difference.ofNumbers(expected, found) : Difference.ofScores(expected, found);
      if (difference.holds() && (numbers || !Outputs.isFlat(expected))) {
        return difference;
      }
      Difference closer =
          BeforeDecision.of(cut)
              .filter(before -> full.network().producer(before.scores()).isPresent())
              .map(before -> beforeDecision(full, selection, before, image))
              .orElse(difference);
      return closer.holds() ? closer : inDoubles(full, selection, cut, image).orElse(closer);
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }

  private static Difference beforeDecision(
      Anatomy full, Selection selection, BeforeDecision cut, Weight image) {
    return Difference.ofScores(
            TrialRun.masked(full, selection, cut.scores(), image),
            TrialRun.run(cut.network(), image, full.threads()))
        .noted(cut.note());
  }

  /**
   * The same in floats of 64 bits, where rounding decides next to nothing: in 32, the larger of two
   * numbers that are almost equal may be another one in the smaller network, and an unpooling
   * network puts it elsewhere. Empty if it does not hold there either or cannot be computed.
   */
  private static Optional<Difference> inDoubles(
      Anatomy full, Selection selection, Network cut, Weight image) {
    String output = full.network().outputs().get(0).name();
    Weight pixels = DoublePrecision.of(image);
    try {
      Anatomy wide = full.withNetwork(DoublePrecision.of(full.network()));
      float[] expected = TrialRun.masked(wide, selection, output, pixels);
      float[] found = TrialRun.run(DoublePrecision.of(cut), pixels, full.threads());
      boolean numbers = !full.probe().type(output).isFloating();
      return Optional.of(
              numbers
                  ? Difference.ofNumbers(expected, found)
                  : Difference.ofScores(expected, found))
          .filter(Difference::holds)
          .map(difference -> difference.noted("compared in floats of 64 bits"));
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /** Between our engine and ONNX Runtime, which gets {@code network} as a file. */
  public static Difference engineAgainstRuntime(
      Network network, NetworkInput input, Weight image, int threads) {
    try (TemporaryModel written = TemporaryModel.of(network);
        RuntimeComparison comparison =
            new RuntimeComparison(network, written.file(), null, threads)) {
      return comparison.difference(comparison.expected(input, image), input, image);
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }
}
