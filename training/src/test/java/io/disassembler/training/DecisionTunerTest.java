package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.CalibrationSet;
import io.disassembler.ImageSet;
import io.disassembler.ProgressListener;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.base.InvalidInputException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.DataSet;
import io.disassembler.data.Sample;
import io.disassembler.extraction.Tuner.Tuned;
import io.disassembler.extraction.Tuner.Untuned;
import io.disassembler.extraction.Tuning;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.graph.Value;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.testing.Bundled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sub-networks of the bundled street network. */
class DecisionTunerTest {
  private static final int STEPS = 12;
  private static final ImageSet IMAGES = first(14);
  private static final CalibrationSet FOLLOWED = new CalibrationSet(IMAGES, 8);

  @TempDir static Path folder = Path.of("");

  /** The bundled network, as a file that fixes how many images it takes, and how large. */
  private static Path model = Path.of("");

  private static Profile profile;
  private static Untuned cut;

  private static ImageSet first(int count) {
    List<Sample> samples = ImageSet.folder(Bundled.images(), Bundled.masks()).samples();
    return ImageSet.of("scenes", new DataSet(samples.subList(0, count), null));
  }

  @BeforeAll
  static void cutOnce() {
    model = folder.resolve("street.onnx");
    OnnxWriter.write(oneImageAtATime(OnnxReader.read(Bundled.network())), model);
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      profile = full.profile(IMAGES.atMost(6)).run();
      SubNetwork small = full.extract("car", "road").from(profile).keepMacs(0.3).run();
      cut = untuned(small.extracted().headless());
    }
  }

  private static Network oneImageAtATime(Network network) {
    Value image = network.inputs().get(0);
    // Half as high and wide as what it was trained on, which takes a quarter of the time.
    List<Dimension> dimensions =
        Stream.of(1, 3, 72, 96).<Dimension>map(Dimension.Fixed::new).toList();
    Network.Builder fixed = new Network.Builder(network.name());
    network.opsets().forEach(fixed::opset);
    network.metadata().forEach(fixed::metadata);
    return fixed
        .input(image.withDimensions(dimensions))
        .outputs(network.outputs())
        .weights(network.weights().values())
        .nodes(network.nodes())
        .build();
  }

  private static SegmentationNetwork open(ProgressListener progress) {
    return SegmentationNetwork.at(model).threads(1).progress(progress).open();
  }

  private static Untuned untuned(Network headless) {
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      List<String> names = full.categories();
      List<Integer> chosen = List.of(names.indexOf("car"), names.indexOf("road"));
      return new Untuned(headless, CategoryMapping.of(names, chosen), network -> List.of());
    }
  }

  private static DecisionTuner tuner(SegmentationNetwork full) {
    return DecisionTuner.of(full, FOLLOWED).lasting(TuningLength.ofSteps(STEPS));
  }

  @Test
  void agreesMoreWithTheFullNetworkThanBefore() {
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      Tuned tuned = tuner(full).tune(cut, null);
      Tuning tuning = tuned.tuning();
      assertThat(tuning.steps()).isEqualTo(STEPS);
      assertThat(tuning.learnt() + tuning.heldOut()).isEqualTo(IMAGES.size());
      assertThat(tuning.after()).isGreaterThan(tuning.before());
      assertThat(tuning.kept()).isPositive();
      assertThat(tuned.headless().nodes()).isEqualTo(cut.headless().nodes());
      assertThat(tuned.headless().weights()).isNotEqualTo(cut.headless().weights());
    }
  }

  @Test
  void theSameStepsGiveTheSameFileAndSoDoesItsPlan() throws IOException {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    Path replayed = folder.resolve("replayed.onnx");
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      DecisionTuner tuner = tuner(full).lasting(TuningLength.ofSteps(3));
      extract(full, tuner).write(first);
      extract(full, tuner).write(second);
      full.replay(first)
          .from(profile)
          .recoverWith(FOLLOWED)
          .tunedBy(DecisionTuner.of(full, FOLLOWED))
          .run()
          .write(replayed);
    }
    assertThat(second).hasSameBinaryContentAs(first);
    assertThat(replayed).hasSameBinaryContentAs(first);
  }

  private static SubNetwork extract(SegmentationNetwork full, DecisionTuner tuner) {
    SubNetwork small =
        full.extract("car").from(profile).keepMacs(0.5).recoverWith(FOLLOWED).tunedBy(tuner).run();
    assertThat(small.plan().recovery()).isEqualTo(RecoveryMethod.TUNED.id());
    return small;
  }

  @Test
  void aRunByTimeIsTakenAgainStepByStep() {
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      DecisionTuner brief = tuner(full).lasting(TuningLength.ofMinutes(1e-3));
      Tuned tuned = brief.tune(cut, null);
      assertThat(tuned.tuning().steps()).isPositive();
      Tuned again = DecisionTuner.of(full, FOLLOWED).tune(cut, tuned.tuning());
      assertThat(again.tuning()).isEqualTo(tuned.tuning());
      assertThat(again.headless().weights()).isEqualTo(tuned.headless().weights());
    }
  }

  @Test
  void otherImagesThanThePlansAreRefused() {
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      Tuning foreign = new Tuning(3, "abc", 12, 2, 0, 1e-4, 0, 0, 0);
      assertThatThrownBy(() -> tuner(full).tune(cut, foreign))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("abc");
    }
  }

  @Test
  void whatCannotGetBetterStaysAsItIs() {
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      Network whole = full.anatomy().network();
      Tuned tuned = tuner(full).lasting(TuningLength.ofSteps(2)).tune(untuned(whole), null);
      assertThat(tuned.tuning().before()).isEqualTo(1);
      assertThat(tuned.tuning().after()).isEqualTo(1);
      assertThat(tuned.tuning().kept()).isZero();
      assertThat(tuned.headless()).isSameAs(whole);
    }
  }

  @Test
  void aKilledRunGoesOnToTheSameWeights() {
    Path output = folder.resolve("killed.onnx");
    ProgressListener killer =
        (task, done, total) -> {
          if (task.equals("Tuning") && done == 9) {
            throw new IllegalStateException("killed");
          }
        };
    try (SegmentationNetwork full = open(killer)) {
      DecisionTuner tuner = tuner(full).savingTo(StateCheckpoint.beside(output, false));
      assertThatThrownBy(() -> tuner.tune(cut, null)).hasMessage("killed");
    }
    List<Long> started = new ArrayList<>();
    ProgressListener listener =
        (task, done, total) -> {
          if (task.equals("Tuning")) {
            started.add(done);
          }
        };
    try (SegmentationNetwork full = open(listener)) {
      StateCheckpoint checkpoint = StateCheckpoint.beside(output, true);
      Tuned resumed = tuner(full).savingTo(checkpoint).tune(cut, null);
      assertThat(started.get(0)).isEqualTo(8);
      Tuned straight = tuner(full).tune(cut, null);
      assertThat(resumed.headless().weights()).isEqualTo(straight.headless().weights());
      assertThat(resumed.tuning()).isEqualTo(straight.tuning());
      assertThatThrownBy(
              () -> tuner(full).savingTo(checkpoint).tune(untuned(full.anatomy().network()), null))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("killed.onnx.checkpoint: cannot be resumed");
      checkpoint.remove();
      assertThat(Files.exists(folder.resolve("killed.onnx.checkpoint"))).isFalse();
    }
  }

  @Test
  void tooFewImagesAreRefused() {
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      DecisionTuner tuner = DecisionTuner.of(full, new CalibrationSet(first(5), 8));
      assertThatThrownBy(() -> tuner.tune(cut, null))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("expected at least 8 images, found 5");
    }
  }

  @Test
  void withoutImagesThereIsNothingToLearnFrom() {
    try (SegmentationNetwork full = open(ProgressListener.NONE)) {
      assertThatThrownBy(() -> full.extract("car").from(profile).tunedBy(tuner(full)).run())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("tuned recovery follows images");
    }
  }
}
