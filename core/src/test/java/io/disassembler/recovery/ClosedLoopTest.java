package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.base.Checkpoint;
import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.cut.Cutter;
import io.disassembler.data.Size;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.SafeTensorsReader;
import io.disassembler.safetensors.SafeTensorsWriter;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import io.disassembler.selection.Selection;
import io.disassembler.testing.Bundled;
import io.disassembler.testing.Shared;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosedLoopTest {
  private static final String STREET = "street.onnx";
  private static final int IMAGES = 16;

  private final List<Weight> images = new ArrayList<>();

  private Anatomy anatomy(String model) {
    Network network =
        OnnxReader.read(model.equals(STREET) ? Bundled.network() : Shared.model(model));
    NetworkInput input = NetworkInput.of(network, new Size(64, 64));
    for (int i = 0; i < 2 * IMAGES; i++) {
      images.add(TrialRun.randomImage(input, i).withName(input.name()));
    }
    return Anatomy.of(network, input.shapes());
  }

  private Calibration calibration(Anatomy anatomy) {
    String output = anatomy.network().outputs().get(0).name();
    return Calibration.of(
        anatomy, output, images.subList(0, IMAGES).stream().map(i -> Map.of(i.name(), i)).toList());
  }

  /** Summed squared difference from the full network's output on {@code images}. */
  private static double error(Anatomy anatomy, Network network, List<Weight> images) {
    double sum = 0;
    for (Weight image : images) {
      float[] expected = TrialRun.run(anatomy.network(), image, 1);
      float[] found = TrialRun.run(network, image, 1);
      for (int i = 0; i < expected.length; i++) {
        sum += (expected[i] - found[i]) * (expected[i] - found[i]);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {STREET, "deeplab_b16.legacy.dyn.onnx"})
  void comesNearerToTheFullNetworkThanOneShotOnImagesThatItHasNotSeen(String model) {
    Anatomy anatomy = anatomy(model);
    Profile profile = Profiles.random(anatomy, 8, 1);
    Selection selection = selection(anatomy, profile);
    List<Weight> unseen = images.subList(IMAGES, images.size());
    assertThat(error(anatomy, closedLoop(anatomy, profile, selection), unseen))
        .isLessThan(0.8 * error(anatomy, oneShot(anatomy, profile, selection), unseen));
  }

  /** What a kill leaves is what was solved first. */
  @Test
  void goesOnFromWhatWasSolvedToTheSameNetwork(@TempDir Path folder) {
    Anatomy anatomy = anatomy(STREET);
    Profile profile = Profiles.random(anatomy, 8, 1);
    Selection selection = selection(anatomy, profile);
    Calibration calibration = calibration(anatomy);
    Path output = folder.resolve("small.onnx");
    Network straight = recover(anatomy, profile, selection, calibration, output, false);
    Path file = folder.resolve("small.onnx.checkpoint");
    SafeTensors all = SafeTensorsReader.read(file);
    List<Weight> solved = List.copyOf(all.weights().values());
    List<Weight> half = solved.subList(0, solved.size() / 2);
    SafeTensorsWriter.write(new SafeTensors(SafeTensors.of(half).weights(), all.metadata()), file);

    Network resumed = recover(anatomy, profile, selection, calibration, output, true);

    assertThat(half).isNotEmpty();
    assertThat(resumed.weights()).isEqualTo(straight.weights());
    assertThat(SafeTensorsReader.read(file)).isEqualTo(all);

    Weight first = half.get(0);
    float[] values = first.floats();
    values[0] *= 1.001f;
    Weight other = Weight.ofFloats(first.name(), first.shape(), values);
    Map<String, Weight> tampered = new LinkedHashMap<>(all.weights());
    tampered.put(first.name(), other);
    SafeTensorsWriter.write(new SafeTensors(tampered, all.metadata()), file);
    assertThat(recover(anatomy, profile, selection, calibration, output, true).weights())
        .as("what was saved counts")
        .isNotEqualTo(straight.weights());
  }

  private static Network recover(
      Anatomy anatomy,
      Profile profile,
      Selection selection,
      Calibration calibration,
      Path output,
      boolean resume) {
    StateCheckpoint checkpoint =
        StateCheckpoint.in(
            Checkpoint.beside(output, StateCheckpoint.ENDING, resume).every(Duration.ZERO));
    return ClosedLoop.recover(
            anatomy,
            selection,
            profile,
            calibration,
            List.of(0),
            SolvedWeights.in(checkpoint, "this run"),
            (done, all) -> {})
        .network();
  }

  /** Depthwise layers, gates over the whole image, and few pixels to learn from. */
  @Test
  void isDroppedWhereTheImagesThatDecideSayThatItHarms() {
    Anatomy anatomy = anatomy("lraspp_mobilenet_v3_large.dynamo.dyn.onnx");
    Profile profile = Profiles.random(anatomy, 8, 1);
    Selection selection = selection(anatomy, profile);
    List<Weight> heldOut =
        IntStream.range(0, IMAGES).filter(i -> i % 4 == 3).mapToObj(images::get).toList();
    assertThat(error(anatomy, closedLoop(anatomy, profile, selection), heldOut))
        .isLessThanOrEqualTo(error(anatomy, oneShot(anatomy, profile, selection), heldOut));
  }

  private static Selection selection(Anatomy anatomy, Profile profile) {
    return new Budget(Budget.Measure.MACS, 0.4).select(anatomy, profile, List.of(0), Criterion.L1);
  }

  private static Network oneShot(Anatomy anatomy, Profile profile, Selection selection) {
    return Cutter.cut(
        Recovery.recover(anatomy, selection, profile, RecoveryMethod.RIDGE), selection);
  }

  private Network closedLoop(Anatomy anatomy, Profile profile, Selection selection) {
    Anatomy closed =
        ClosedLoop.recover(anatomy, selection, profile, calibration(anatomy), List.of(0));
    return Cutter.cut(closed, selection);
  }

  @Test
  void changesNothingWhereNothingIsRemoved() {
    Anatomy anatomy = anatomy(STREET);
    Selection all = Selection.all(anatomy.groups());
    Anatomy closed =
        ClosedLoop.recover(
            anatomy, all, Profiles.random(anatomy, 2, 1), calibration(anatomy), List.of(0));
    assertThat(TrialRun.run(closed.network(), images.get(0), 1))
        .isEqualTo(TrialRun.run(anatomy.network(), images.get(0), 1));
  }

  /** With a thread for each image, as here, and never several for one. */
  @Test
  void isTheSameEveryTimeWhateverTheNumberOfThreads() {
    Anatomy anatomy = anatomy(STREET);
    Profile profile = Profiles.random(anatomy, 8, 1);
    Selection selection = selection(anatomy, profile);
    float[] alone =
        TrialRun.run(closedLoop(with(anatomy, 1), profile, selection), images.get(0), 1);
    for (int threads : new int[] {1, 3}) {
      assertThat(
              TrialRun.run(
                  closedLoop(with(anatomy, threads), profile, selection), images.get(0), 1))
          .isEqualTo(alone);
    }
  }

  private static Anatomy with(Anatomy anatomy, int threads) {
    return new Anatomy(anatomy.program(), anatomy.probe(), anatomy.groups(), threads);
  }
}
