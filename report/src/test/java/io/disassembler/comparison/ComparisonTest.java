package io.disassembler.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.attribution.ProfilingRun;
import io.disassembler.attribution.ProfilingSettings;
import io.disassembler.base.Checkpoint;
import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationSettings;
import io.disassembler.evaluation.EvaluationSubject;
import io.disassembler.evaluation.ReferenceImages;
import io.disassembler.extraction.CalibrationImages;
import io.disassembler.extraction.Extraction;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.Network;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.Calibration;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Costing;
import io.disassembler.selection.Criterion;
import io.disassembler.training.TrainingRecipe;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.ZooSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted as a result, and what stops the comparison to be measured when it is resumed. */
class ComparisonTest {
  private static final Size SIZE = new Size(32, 32);
  private static final NetworkCard CARD = NetworkCard.unnamed(3);

  @TempDir private Path folder = Path.of("");
  private List<Sample> samples = List.of();

  @BeforeEach
  void drawImages() throws IOException {
    List<Sample> drawn = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      BufferedImage image =
          new BufferedImage(SIZE.width(), SIZE.height(), BufferedImage.TYPE_INT_RGB);
      BufferedImage mask =
          new BufferedImage(SIZE.width(), SIZE.height(), BufferedImage.TYPE_BYTE_GRAY);
      for (int pixel = 0; pixel < SIZE.area(); pixel++) {
        int x = pixel % SIZE.width();
        int y = pixel / SIZE.width();
        image.setRGB(x, y, random.nextInt(1 << 24));
        mask.getRaster().setSample(x, y, 0, random.nextInt(3));
      }
      Path imageFile = folder.resolve(i + ".image.png");
      Path maskFile = folder.resolve(i + ".mask.png");
      ImageIO.write(image, "png", imageFile.toFile());
      ImageIO.write(mask, "png", maskFile.toFile());
      drawn.add(new Sample("image" + i, imageFile, maskFile));
    }
    samples = drawn;
  }

  @Test
  void whatCannotBeHadOfTheNetworkIsAResult() {
    List<CellResult> results = compare(RecoveryMethod.NONE, 1e-9, null, List.of());

    CellResult cut = results.get(2);
    assertThat(cut.measured()).isNull();
    assertThat(cut.refusal()).contains("cannot be met");
    assertThat(lines()).hasSize(3);
    assertThat(compare(RecoveryMethod.NONE, 1e-9, null, List.of())).isEqualTo(results);
    assertThat(lines()).hasSize(3);
  }

  @Test
  void aBugIsNoResultAndIsMeasuredAgain() {
    Calibration calibration = calibration();
    List<Calibration.Batch> misnamed = new ArrayList<>();
    for (Calibration.Batch batch : calibration.batches()) {
      Map<String, Weight> inputs = new HashMap<>();
      batch.inputs().forEach((name, image) -> inputs.put("not " + name, image));
      misnamed.add(new Calibration.Batch(inputs, batch.output()));
    }

    assertThatThrownBy(
            () -> compare(RecoveryMethod.CLOSED_LOOP, 0.5, new Calibration(misnamed), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(lines()).as("the controls").hasSize(2);
    List<CellResult> results = compare(RecoveryMethod.CLOSED_LOOP, 0.5, calibration, List.of());
    assertThat(results).hasSize(3).allMatch(result -> result.measured() != null);
  }

  @Test
  void aFileThatIsGoneIsNoResultAndIsMeasuredAgain() throws IOException {
    Sample lost = samples.get(1);
    Path elsewhere = folder.resolve("elsewhere");
    Finetuning finetuning =
        new Finetuning(
            TrainingRecipe.FINETUNING,
            1,
            samples.subList(1, 4),
            null,
            NetworkInput.of(network(), SIZE),
            1,
            false);

    assertThatThrownBy(
            () ->
                compare(
                    RecoveryMethod.NONE,
                    0.5,
                    null,
                    List.of(finetuning),
                    () -> Files.move(lost.image(), elsewhere)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(String.valueOf(lost.image()));
    assertThat(lines()).as("the controls and what is not finetuned").hasSize(3);
    Files.move(elsewhere, lost.image());
    List<CellResult> results = compare(RecoveryMethod.NONE, 0.5, null, List.of(finetuning));
    assertThat(results).hasSize(4).allMatch(result -> result.measured() != null);
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(folder.resolve(Comparison.LOG));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Something between opening a comparison and running it. */
  private interface Event {
    void happen() throws IOException;
  }

  private List<CellResult> compare(
      RecoveryMethod recovery,
      double keepMacs,
      @Nullable Calibration calibration,
      List<Finetuning> finetunings) {
    try {
      return compare(recovery, keepMacs, calibration, finetunings, () -> {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The controls, and one cut for one category. */
  private List<CellResult> compare(
      RecoveryMethod recovery,
      double keepMacs,
      @Nullable Calibration calibration,
      List<Finetuning> finetunings,
      Event event)
      throws IOException {
    Anatomy anatomy = anatomy();
    Path model = folder.resolve("full.onnx");
    OnnxWriter.write(anatomy.network(), model);
    Grid grid =
        new Grid(
            List.of("profile"),
            List.of(new CategorySet("1", List.of(1))),
            List.of(Criterion.L1),
            List.of(recovery),
            List.of(keepMacs),
            finetunings.stream().map(Finetuning::name).toList());
    try (ReferenceImages images =
        ReferenceImages.load(
            new EvaluationSubject(model, Costing.of(anatomy), Boundary.PLAIN),
            CARD,
            samples.subList(0, 1),
            new EvaluationSettings(SIZE, 1),
            (done, total) -> {})) {
      Comparison comparison =
          new Comparison(
              Map.of("profile", new Extraction(anatomy, "full", CARD, profile(anatomy), "profile")),
              images,
              calibration,
              finetunings,
              null);
      event.happen();
      return comparison.run(grid, folder, (done, total) -> {});
    }
  }

  private Profile profile(Anatomy anatomy) {
    NetworkInput input = NetworkInput.of(anatomy.network(), SIZE);
    return new ProfilingRun(
            anatomy, input, CARD, "full", new ProfilingSettings(0.1, 1, 1, false, "cpu"))
        .run(samples.subList(0, 1), Checkpoint.none(), (done, total) -> {});
  }

  private Calibration calibration() {
    Anatomy anatomy = anatomy();
    return CalibrationImages.load(
        anatomy,
        NetworkInput.of(anatomy.network(), SIZE),
        CARD,
        samples,
        false,
        (done, total) -> {});
  }

  private static Network network() {
    return Architecture.UNET.build(new ZooSettings(null, 3, 0.125, 8, false, 3));
  }

  private static Anatomy anatomy() {
    Network network = network();
    return Anatomy.of(network, NetworkInput.of(network, SIZE).shapes(), 1);
  }
}
