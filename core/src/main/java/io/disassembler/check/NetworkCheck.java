package io.disassembler.check;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.cut.Cutter;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tries a network: on pixels at several sizes against ONNX Runtime, and cut at random against
 * masked and against ONNX Runtime.
 */
public final class NetworkCheck {
  private final Path file;
  private final Network network;
  private final NetworkInput input;
  private final Anatomy anatomy;
  private final CheckSettings settings;
  private final TrialPixels pixels;

  private NetworkCheck(
      Path file,
      Network network,
      NetworkInput input,
      Anatomy anatomy,
      CheckSettings settings,
      TrialPixels pixels) {
    this.file = file;
    this.network = network;
    this.input = input;
    this.anatomy = anatomy;
    this.settings = settings;
    this.pixels = pixels;
  }

  /** Checks a network on random pixels. */
  public static CheckResult run(
      Path file, Network network, NetworkInput input, Anatomy anatomy, CheckSettings settings) {
    return run(file, network, input, anatomy, settings, TrialPixels::random);
  }

  /**
   * Checks a network. A size at which ONNX Runtime cannot run the file either is skipped.
   *
   * @param file the network's file
   * @param network what it holds; its first output is compared
   * @param input where the cuts are compared; parity is tried around it
   * @param anatomy the network taken apart at {@code input}
   * @param pixels what it is tried on, by numbers from the settings' seed on
   * @throws InvalidInputException if ONNX Runtime cannot load the file, or not run it at {@code
   *     input}
   */
  public static CheckResult run(
      Path file,
      Network network,
      NetworkInput input,
      Anatomy anatomy,
      CheckSettings settings,
      TrialPixels pixels) {
    return new NetworkCheck(file, network, input, anatomy, settings, pixels).run();
  }

  private CheckResult run() {
    long start = System.nanoTime();
    List<ParityCheck> parities = new ArrayList<>();
    List<SkippedRun> skipped = new ArrayList<>();
    runAround(parities, skipped);
    List<CutCheck> cuts = new ArrayList<>();
    Random random = new Random(settings.seed());
    for (int number = 1; number <= settings.cuts(); number++) {
      cuts.add(cut(number, RandomSelection.of(anatomy.groups(), random)));
    }
    return new CheckResult(
        file,
        parities,
        skipped,
        cuts,
        anatomy.groups().groups().size(),
        Inspection.of(anatomy),
        secondsSince(start));
  }

  private void runAround(List<ParityCheck> parities, List<SkippedRun> skipped) {
    String output = network.outputs().get(0).name();
    try (RuntimeComparison comparison =
        new RuntimeComparison(network, file, output, settings.threads())) {
      for (NetworkInput trial : TrialInputs.around(network, input)) {
        long start = System.nanoTime();
        Weight image = pixels.of(trial, settings.seed());
        NetworkOutput expected;
        try {
          expected = comparison.expected(trial, image);
        } catch (InvalidInputException e) {
          if (trial.equals(input)) {
            throw e;
          }
          skipped.add(new SkippedRun(trial.shape(), String.valueOf(e.getMessage())));
          continue;
        }
        Difference difference = comparison.difference(expected, trial, image);
        parities.add(new ParityCheck(trial.shape(), difference, secondsSince(start)));
      }
    }
  }

  private CutCheck cut(int number, Selection selection) {
    long start = System.nanoTime();
    Network cut = Cutter.cut(anatomy, selection);
    Weight image = pixels.of(input, settings.seed() + number);
    double share =
        (double) Costing.of(anatomy, selection).macs() / Math.max(1, Costing.of(anatomy).macs());
    Difference runtime = Proof.engineAgainstRuntime(cut, input, image, settings.threads());
    return new CutCheck(
        number,
        share,
        Proof.cutAgainstMasked(anatomy, selection, cut, image).toleratedAs(runtime),
        runtime,
        secondsSince(start));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
