package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.CalibrationSet;
import io.disassembler.ImageSet;
import io.disassembler.ProgressListener;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.base.UnattainableException;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.DataSet;
import io.disassembler.data.NetworkCard;
import io.disassembler.extraction.Tuner.Tuned;
import io.disassembler.extraction.Tuner.Untuned;
import io.disassembler.extraction.Tuning;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.testing.Bundled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sub-networks of the bundled street network, each of whose categories says yes or no. */
class IndependentTuningTest {
  private static final int STEPS = 12;
  private static final List<String> CHOSEN = List.of("road", "car");
  private static final ImageSet IMAGES =
      ImageSet.of(
          "scenes",
          new DataSet(
              ImageSet.folder(Bundled.images(), Bundled.masks()).samples().subList(0, 14), null));
  private static final CalibrationSet FOLLOWED = new CalibrationSet(IMAGES, 8);

  @TempDir static Path folder = Path.of("");
  private static Path model = Path.of("");
  private static Profile profile;
  private static Untuned cut;

  @BeforeAll
  static void cutOnce() {
    model = folder.resolve("street.onnx");
    Network street = OnnxReader.read(Bundled.network());
    OnnxWriter.write(
        ending(street, Node.of("end", "Sigmoid", List.of(logits(street)), List.of("p"), Map.of())),
        model);
    try (SegmentationNetwork full = open(model, ProgressListener.NONE)) {
      profile = full.profile(IMAGES.atMost(6)).run();
      SubNetwork small =
          full.extract(CHOSEN.toArray(String[]::new)).from(profile).keepMacs(0.3).run();
      List<Integer> chosen = CHOSEN.stream().map(full.categories()::indexOf).toList();
      CategoryMapping mapping = full.card().mapping(chosen);
      assertThat(mapping.independent()).isTrue();
      cut = new Untuned(small.extracted().headless(), mapping, network -> List.of());
    }
  }

  private static String logits(Network street) {
    return street.outputs().get(0).name();
  }

  /** Half as high and wide as what it was trained on, which takes a quarter of the time. */
  private static Network ending(Network street, Node... nodes) {
    Network.Builder each = new Network.Builder(street.name());
    street.opsets().forEach(each::opset);
    each.metadata(
        NetworkCard.METADATA_KEY,
        Objects.requireNonNull(street.metadata().get(NetworkCard.METADATA_KEY))
            + "\ndecision: independent\nthresholds: [0.5, 0.5, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.5]\n");
    List<Dimension> image = Stream.of(1, 3, 72, 96).<Dimension>map(Dimension.Fixed::new).toList();
    each.input(street.inputs().get(0).withDimensions(image))
        .weights(street.weights().values())
        .nodes(street.nodes());
    Stream.of(nodes).forEach(each::node);
    each.weight(Weight.ofFloats("low", Shape.of(), 0))
        .weight(Weight.ofFloats("high", Shape.of(), 1));
    return each.outputs(List.of(new Value("p", ElementType.FLOAT, List.of()).withoutDimensions()))
        .build();
  }

  private static SegmentationNetwork open(Path file, ProgressListener progress) {
    return SegmentationNetwork.at(file).threads(1).progress(progress).open();
  }

  private static DecisionTuner tuner(SegmentationNetwork full) {
    return DecisionTuner.of(full, FOLLOWED).lasting(TuningLength.ofSteps(STEPS));
  }

  @Test
  void agreesMoreWithTheFullNetworkThanBefore() {
    try (SegmentationNetwork full = open(model, ProgressListener.NONE)) {
      Tuned tuned = tuner(full).tune(cut, null);
      Tuning tuning = tuned.tuning();
      assertThat(tuning.steps()).isEqualTo(STEPS);
      assertThat(tuning.kept()).isPositive();
      assertThat(tuning.after()).isGreaterThan(tuning.before());
      assertThat(tuned.headless().nodes()).isEqualTo(cut.headless().nodes());
      assertThat(tuned.headless().weights()).isNotEqualTo(cut.headless().weights());
    }
  }

  @Test
  void theFullNetworkAgreesWithItselfAndStaysAsItIs() {
    try (SegmentationNetwork full = open(model, ProgressListener.NONE)) {
      Network whole = full.anatomy().network();
      Untuned untuned = new Untuned(whole, cut.mapping(), network -> List.of());
      Tuned tuned = tuner(full).lasting(TuningLength.ofSteps(2)).tune(untuned, null);
      assertThat(tuned.tuning().before()).isEqualTo(1);
      assertThat(tuned.headless()).isSameAs(whole);
    }
  }

  @Test
  void theSameStepsGiveTheSameFileAndSoDoesItsPlan() throws IOException {
    Path first = folder.resolve("first.onnx");
    Path second = folder.resolve("second.onnx");
    Path replayed = folder.resolve("replayed.onnx");
    try (SegmentationNetwork full = open(model, ProgressListener.NONE)) {
      for (Path output : List.of(first, second)) {
        full.extract("car", "road")
            .from(profile)
            .keepMacs(0.5)
            .recoverWith(FOLLOWED)
            .tunedBy(tuner(full).lasting(TuningLength.ofSteps(3)))
            .run()
            .write(output);
      }
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

  @Test
  void aKilledRunGoesOnToTheSameWeights() {
    Path output = folder.resolve("killed.onnx");
    ProgressListener killer =
        (task, done, total) -> {
          if (task.equals("Tuning") && done == 9) {
            throw new IllegalStateException("killed");
          }
        };
    try (SegmentationNetwork full = open(model, killer)) {
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
    try (SegmentationNetwork full = open(model, listener)) {
      Tuned resumed = tuner(full).savingTo(StateCheckpoint.beside(output, true)).tune(cut, null);
      assertThat(started.get(0)).isEqualTo(8);
      Tuned straight = tuner(full).tune(cut, null);
      assertThat(resumed.headless().weights()).isEqualTo(straight.headless().weights());
      assertThat(resumed.tuning()).isEqualTo(straight.tuning());
    }
  }

  /** 1 / (1 + exp(-y)), whose logits the network makes under no name. */
  @Test
  void sigmoidsMayBeSpelledOtherwise() {
    Path spelled = folder.resolve("spelled.onnx");
    Network street = OnnxReader.read(Bundled.network());
    OnnxWriter.write(
        ending(
            street,
            Node.of("1", "Neg", List.of(logits(street)), List.of("minus"), Map.of()),
            Node.of("2", "Exp", List.of("minus"), List.of("e"), Map.of()),
            Node.of("3", "Add", List.of("e", "high"), List.of("sum"), Map.of()),
            Node.of("4", "Div", List.of("high", "sum"), List.of("p"), Map.of())),
        spelled);
    try (SegmentationNetwork full = open(spelled, ProgressListener.NONE)) {
      Network whole = full.anatomy().network();
      Untuned untuned = new Untuned(whole, cut.mapping(), network -> List.of());
      Tuned tuned = tuner(full).lasting(TuningLength.ofSteps(2)).tune(untuned, null);
      assertThat(tuned.tuning().before()).isEqualTo(1);
    }
  }

  @Test
  void probabilitiesOfNoKnownMakeAreRefused() {
    Path clipped = folder.resolve("clipped.onnx");
    Network street = OnnxReader.read(Bundled.network());
    OnnxWriter.write(
        ending(
            street,
            Node.of("end", "Clip", List.of(logits(street), "low", "high"), List.of("p"), Map.of())),
        clipped);
    try (SegmentationNetwork full = open(clipped, ProgressListener.NONE)) {
      assertThatThrownBy(() -> DecisionTuner.of(full, FOLLOWED))
          .isInstanceOf(UnattainableException.class)
          .hasMessageContaining("found no sigmoids that make it");
      assertThatThrownBy(() -> Trainee.of(full.anatomy(), full.input(), full.card(), List.of()))
          .isInstanceOf(UnattainableException.class)
          .hasMessageContaining("found no sigmoids that make it");
    }
  }
}
