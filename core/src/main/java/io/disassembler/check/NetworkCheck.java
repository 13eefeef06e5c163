package io.disassembler.check;

import io.disassembler.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.engine.NetworkInput;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.TemporaryModel;
import io.disassembler.selection.Cost;
import io.disassembler.selection.Selection;
import io.disassembler.surgery.Cutter;
import io.disassembler.surgery.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Tries a network: on random pixels at several sizes against ONNX Runtime, and cut at random
 * against masked and against ONNX Runtime.
 */
public final class NetworkCheck {
  private final Path file;
  private final Network network;
  private final NetworkInput input;
  private final Anatomy anatomy;
  private final CheckSettings settings;

  private NetworkCheck(
      Path file, Network network, NetworkInput input, Anatomy anatomy, CheckSettings settings) {
    this.file = file;
    this.network = network;
    this.input = input;
    this.anatomy = anatomy;
    this.settings = settings;
  }

  /**
   * Checks a network. A size at which ONNX Runtime cannot run the file either is left out.
   *
   * @param file the network's file
   * @param network what it holds; its first output is compared
   * @param input where the cuts are compared; parity is tried around it
   * @param anatomy the network taken apart at {@code input}
   * @throws InvalidInputException if ONNX Runtime cannot load the file, or not run it at {@code
   *     input}
   */
  public static CheckResult run(
      Path file, Network network, NetworkInput input, Anatomy anatomy, CheckSettings settings) {
    return new NetworkCheck(file, network, input, anatomy, settings).run();
  }

  private CheckResult run() {
    long start = System.nanoTime();
    List<ParityCheck> parities = parities();
    List<CutCheck> cuts = new ArrayList<>();
    Random random = new Random(settings.seed());
    for (int number = 1; number <= settings.cuts(); number++) {
      cuts.add(cut(number, RandomSelection.of(anatomy.groups(), random)));
    }
    return new CheckResult(
        file, parities, cuts, Inspection.of(anatomy).cuttableShare(), secondsSince(start));
  }

  private List<ParityCheck> parities() {
    List<ParityCheck> parities = new ArrayList<>();
    String output = network.outputs().get(0).name();
    try (OnnxRuntimeModel runtime = OnnxRuntimeModel.open(file, settings.threads(), output)) {
      for (NetworkInput trial : TrialInputs.around(network, input)) {
        long start = System.nanoTime();
        Weight image = TrialInputs.randomPixels(trial, settings.seed());
        NetworkOutput expected;
        try {
          expected = run(runtime, trial, image);
        } catch (InvalidInputException e) {
          if (trial.equals(input)) {
            throw e;
          }
          continue;
        }
        parities.add(
            new ParityCheck(
                trial.shape(), againstRuntime(network, image, expected), secondsSince(start)));
      }
    }
    return parities;
  }

  private CutCheck cut(int number, Selection selection) {
    long start = System.nanoTime();
    Network cut = Cutter.cut(anatomy, selection);
    Weight image = TrialInputs.randomPixels(input, settings.seed() + number);
    double share =
        (double) Cost.of(anatomy, selection).macs() / Math.max(1, Cost.of(anatomy).macs());
    return new CutCheck(
        number,
        share,
        againstMasked(selection, cut, image),
        reloaded(cut, image),
        secondsSince(start));
  }

  private Difference againstMasked(Selection selection, Network cut, Weight image) {
    try {
      double relative = Verification.cutAgainstMasked(anatomy, selection, cut, image);
      return new Difference(relative, OptionalDouble.empty(), "");
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }

  private Difference reloaded(Network cut, Weight image) {
    try (TemporaryModel written = TemporaryModel.of(cut);
        OnnxRuntimeModel runtime = OnnxRuntimeModel.open(written.file(), settings.threads())) {
      return againstRuntime(cut, image, run(runtime, input, image));
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }

  private static Difference againstRuntime(Network network, Weight image, NetworkOutput expected) {
    try {
      return Outputs.difference(expected, Verification.run(network, image));
    } catch (InvalidInputException e) {
      return Difference.failed(String.valueOf(e.getMessage()));
    }
  }

  private static NetworkOutput run(OnnxRuntimeModel runtime, NetworkInput input, Weight image) {
    return runtime.run(
        image.floats(),
        input.batch(),
        input.channels(),
        input.size().height(),
        input.size().width());
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
