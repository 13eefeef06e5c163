package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.extraction.CategoryHead;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.input.NetworkInput;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.ZooSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of which a pixel may have both categories, or none, and those cut from them. */
class IndependentTrainingTest {
  private static final Size SIZE = new Size(OverlappingShapes.HEIGHT, OverlappingShapes.WIDTH);

  private static final int EPOCHS = 25;

  @TempDir Path folder = Path.of("");
  private TrainingData data = new TrainingData(List.of(sample()), List.of());

  @BeforeEach
  void writeImages() {
    data =
        new TrainingData(
            OverlappingShapes.write(folder, 16, 1), OverlappingShapes.write(folder, 6, 2));
  }

  private static Sample sample() {
    return new Sample("none", Path.of("none.png"), null);
  }

  /** The probabilities are the output, where they end in a Sigmoid. */
  private static Network uNet(int categories, boolean sigmoid) {
    Network network =
        Architecture.UNET.build(new ZooSettings(null, categories, 0.125, 8, false, 3));
    Value output = network.outputs().get(0);
    return sigmoid
        ? network.toBuilder()
            .node(Node.of("end", "Sigmoid", List.of(output.name()), List.of("p"), Map.of()))
            .outputs(List.of(new Value("p", ElementType.FLOAT, output.dimensions().orElseThrow())))
            .build()
        : network;
  }

  private static Trainee trainee(Network network, NetworkCard card) {
    NetworkInput input = NetworkInput.of(network, SIZE);
    return Trainee.of(Anatomy.of(network, input.shapes(), 1), input, card, List.of());
  }

  private static Trainee trainee() {
    return trainee(uNet(2, true), OverlappingShapes.card());
  }

  private static TrainingSettings settings(int epochs, Normalization normalization) {
    return new TrainingSettings(
        TrainingLength.ofEpochs(epochs),
        4,
        OptimizerSettings.adamW(5e-3),
        0.1,
        5,
        new Augmentation(true, 0.9, 1.2, 0.1),
        normalization,
        1,
        false,
        "cpu");
  }

  private TrainingRun run(Trainee trainee, int epochs, Objective objective) {
    return new TrainingRun(trainee, settings(epochs, Normalization.TRAINED), data, objective);
  }

  private static LabelLoss labels(double dice, NetworkCard card) {
    return new LabelLoss(new LossSettings(1 - dice, dice, List.of()), card);
  }

  private static TrainingLog log(TrainingRun run) {
    return new TrainingLog(run.reports());
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "false, 0.5"})
  void lossFallsAndIouRises(boolean sigmoid, double dice) {
    NetworkCard card = OverlappingShapes.card();
    TrainingRun run = run(trainee(uNet(2, sigmoid), card), EPOCHS, labels(dice, card));
    Network trained = run.run(StateCheckpoint.none(), TrainingListener.NONE);
    assertThat(run.reports().get(EPOCHS).loss()).isLessThan(0.55 * run.reports().get(1).loss());
    ValidationResult best = log(run).best().validation();
    assertThat(best.ious()).hasSize(2).allMatch(iou -> iou > 0.85);
    assertThat(trained.nodes()).hasSameSizeAs(uNet(2, sigmoid).nodes());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void resumedRunsEndWithTheSameWeights(double dice) {
    LabelLoss loss = labels(dice, OverlappingShapes.card());
    Network straight = run(trainee(), 3, loss).run(StateCheckpoint.none(), TrainingListener.NONE);
    Path output = folder.resolve("net.onnx");
    TrainingListener killer =
        new TrainingListener() {
          private int steps;

          @Override
          public void stepped(double progress, double loss) {
            if (++steps == 7) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThatThrownBy(
            () -> run(trainee(), 3, loss).run(StateCheckpoint.beside(output, false), killer))
        .hasMessage("killed");
    StateCheckpoint checkpoint = StateCheckpoint.beside(output, true);
    Network resumed = run(trainee(), 3, loss).run(checkpoint, TrainingListener.NONE);
    assertThat(resumed.weights()).isEqualTo(straight.weights());
  }

  /** One of them alone is a network with a single category, which can be trained like others. */
  @ParameterizedTest
  @CsvSource({"0, 0.9", "1, 0.7"})
  void aSubNetworkForOneOfThemLearnsFromMasks(int chosen, double enough) {
    NetworkCard card = OverlappingShapes.card().restrictedTo(List.of(chosen));
    Trainee single = trainee(uNet(1, true), card);
    TrainingRun run =
        new TrainingRun(
            single, settings(EPOCHS, Normalization.TRAINED), data, labels(0.5, single.card()));
    run.run(StateCheckpoint.none(), TrainingListener.NONE);
    assertThat(log(run).best().validation().ious()).hasSize(1).allMatch(iou -> iou > enough);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,0", "1"})
  void aTeacherStandsInForMasks(String names) {
    List<Integer> chosen = OverlappingShapes.card().parse(names);
    Network learned =
        run(trainee(), EPOCHS, labels(0, OverlappingShapes.card()))
            .run(StateCheckpoint.none(), TrainingListener.NONE);
    // Running statistics lag behind after so few steps; with them frozen it learns to be sure.
    Network surer =
        new TrainingRun(
                trainee(learned, OverlappingShapes.card()),
                settings(8, Normalization.FROZEN),
                data,
                labels(0.5, OverlappingShapes.card()))
            .run(StateCheckpoint.none(), TrainingListener.NONE);
    CategoryMapping mapping = OverlappingShapes.card().mapping(chosen);
    Network head =
        CategoryHead.attach(
            uNet(2, true),
            mapping,
            Shape.of(1, 2, SIZE.height(), SIZE.width()),
            ElementType.FLOAT,
            List.of());
    Trainee student = trainee(head, OverlappingShapes.card().restrictedTo(chosen));
    TrainingData unlabelled =
        new TrainingData(withoutMasks(data.training()), withoutMasks(data.validation()));
    try (Objective objective =
        new Distillation(
            trainee(surer, OverlappingShapes.card()),
            mapping,
            DistillationSettings.decided(0.5),
            "cpu")) {
      TrainingRun run =
          new TrainingRun(student, settings(EPOCHS, Normalization.TRAINED), unlabelled, objective);
      Network trained = run.run(StateCheckpoint.none(), TrainingListener.NONE);
      assertThat(trained.outputs()).isEqualTo(head.outputs());
      assertThat(trained.nodes()).hasSameSizeAs(head.nodes());
      assertThat(log(run).best().validation().ious())
          .hasSize(chosen.size())
          .allMatch(iou -> iou > 0.75);
    }
  }

  private static List<Sample> withoutMasks(List<Sample> samples) {
    return samples.stream().map(s -> new Sample(s.name(), s.image(), null)).toList();
  }

  @Test
  void aTeacherThatDecidesOtherwiseIsRefused() {
    CategoryMapping exclusive = CategoryMapping.identity(OverlappingShapes.card().categories());
    assertThatThrownBy(
            () -> new Distillation(trainee(), exclusive, DistillationSettings.decided(0), "cpu"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot teach: expected 'decision: exclusive'");
  }

  /** From the pixels that have a category, whatever else they have. */
  @ParameterizedTest
  @EnumSource(CategoryWeighting.class)
  void rareCategoriesCountForMore(CategoryWeighting weighting) {
    List<Double> weights = weighting.weights(OverlappingShapes.card(), data.training(), SIZE);
    if (weighting == CategoryWeighting.NONE) {
      assertThat(weights).isEmpty();
    } else {
      double red = 18 * 24;
      double blue = 10 * 12;
      double ratio =
          weighting == CategoryWeighting.SQRT_INVERSE ? Math.sqrt(red / blue) : red / blue;
      assertThat(weights.get(1) / weights.get(0)).isCloseTo(ratio, within(0.1 * ratio));
    }
  }
}
