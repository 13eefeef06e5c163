package io.disassembler;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.check.CheckSettings;
import io.disassembler.check.Difference;
import io.disassembler.check.NetworkCheck;
import io.disassembler.check.ParityCheck;
import io.disassembler.check.Proof;
import io.disassembler.check.RandomSelection;
import io.disassembler.check.TrialRun;
import io.disassembler.cut.Cutter;
import io.disassembler.data.Size;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Network;
import io.disassembler.graph.Reachable;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Recovery;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Selection;
import io.disassembler.testing.Bundled;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bundled network and every shared one: runs as ONNX Runtime runs it, and is cut exactly. */
class RealNetworksTest {
  private static final int SELECTIONS = 3;

  @TempDir Path folder = Path.of("");

  static List<Path> models() throws IOException {
    return Stream.concat(Stream.of(Bundled.network()), Shared.models().stream()).toList();
  }

  @ParameterizedTest
  @MethodSource("models")
  void agreesWithOnnxRuntimeAtEverySizeAndBatch(Path file) {
    Network network = OnnxReader.read(file);
    NetworkInput input = NetworkInput.of(network, new Size(160, 192));
    List<ParityCheck> runs =
        NetworkCheck.run(
                file,
                network,
                input,
                Anatomy.of(network, input.shapes()),
                new CheckSettings(0, 1, 1))
            .parities();
    // U-Nets of the TorchScript exporter join maps that only fit where the strides divide the size.
    assertThat(runs).hasSizeGreaterThanOrEqualTo(file.toString().contains("static") ? 1 : 6);
    assertThat(runs).allSatisfy(run -> assertThat(run.holds()).as(run.toString()).isTrue());
  }

  @ParameterizedTest
  @MethodSource("models")
  void almostAllOfItCanBeCut(Path file) {
    Network network = OnnxReader.read(file);
    Inspection inspection =
        Inspection.of(Anatomy.of(network, NetworkInput.of(network, new Size(128, 160)).shapes()));
    assertThat(inspection.cuttableShare())
        .as(inspection.pins().toString())
        .isGreaterThanOrEqualTo(0.99);
  }

  @ParameterizedTest
  @MethodSource("models")
  void cutEqualsMaskedAndRunsAnywhere(Path file) {
    Network network = OnnxReader.read(file);
    NetworkInput input = NetworkInput.of(network, new Size(128, 160));
    Anatomy anatomy = Anatomy.of(network, input.shapes());
    Random random = new Random(3);
    for (int i = 0; i < SELECTIONS; i++) {
      Selection selection = RandomSelection.of(anatomy.groups(), random);
      assertCut(anatomy, input, selection, uniform(input, random), "selection " + i);
    }
  }

  /** As a user selects: by what images say of categories, to a budget. */
  @ParameterizedTest
  @MethodSource("models")
  void cutsForCategoriesAreExactToo(Path file) {
    Network network = OnnxReader.read(file);
    NetworkInput input = NetworkInput.of(network, new Size(128, 160));
    Anatomy anatomy = Anatomy.of(network, input.shapes());
    Profile profile = Profiles.random(anatomy, 2, 1);
    for (double share : new double[] {0.5, 0.15}) {
      Selection selection =
          new Budget(Budget.Measure.MACS, share)
              .select(anatomy, profile, List.of(0, 3), Criterion.RECONSTRUCTION);
      Anatomy recovered = Recovery.recover(anatomy, selection, profile, RecoveryMethod.RIDGE);
      Weight image = uniform(input, new Random(4));
      assertCut(recovered, input, selection, image, "share " + share);
    }
  }

  private void assertCut(
      Anatomy anatomy, NetworkInput input, Selection selection, Weight image, String what) {
    Network cut = Cutter.cut(anatomy, selection);
    assertThat(Proof.cutAgainstMasked(anatomy, selection, cut, image))
        .as(what)
        .matches(Difference::holds);
    assertNothingIsLeftOver(cut);
    float[] ours = TrialRun.run(cut, image, 1);
    Path written = folder.resolve("cut.onnx");
    OnnxWriter.write(cut, written);
    for (OptLevel level : OptLevel.values()) {
      try (OnnxRuntimeModel runtime = OnnxRuntimeModel.open(written, 1, level)) {
        assertThat(TrialRun.difference(scores(runtime, input, image), ours))
            .as(what + " at " + level)
            .isLessThanOrEqualTo(TrialRun.TOLERANCE);
      }
    }
  }

  private static void assertNothingIsLeftOver(Network cut) {
    Network needed = Reachable.only(cut);
    assertThat(needed.nodes()).isEqualTo(cut.nodes());
    assertThat(needed.weights().keySet()).isEqualTo(cut.weights().keySet());
  }

  private static float[] scores(OnnxRuntimeModel runtime, NetworkInput input, Weight image) {
    Size size = input.size();
    NetworkOutput output = runtime.run(image.floats(), input.shape());
    return ((NetworkOutput.Scores) output).values();
  }

  /** Pixels as preprocessing leaves them, in [-1, 1). */
  private static Weight uniform(NetworkInput input, Random random) {
    float[] pixels = new float[Math.toIntExact(input.shape().elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 2 * random.nextFloat() - 1;
    }
    return Weight.ofFloats(input.name(), input.shape(), pixels);
  }
}
