package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.channel.Anatomy;
import io.disassembler.data.CategoryMapping;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.input.NetworkInput;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.Backbone;
import io.disassembler.zoo.ZooSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {
  private static final Size SIZE = new Size(ShapeImages.HEIGHT, ShapeImages.WIDTH);

  @TempDir Path folder = Path.of("");
  private TrainingData data = new TrainingData(List.of(sample()), List.of(sample()));

  @BeforeEach
  void writeImages() {
    data = new TrainingData(ShapeImages.write(folder, 16, 1), ShapeImages.write(folder, 6, 2));
  }

  @Test
  void lossFallsAndIouRises() {
    TrainingRun run = run(settings(15, 5e-3), uNet());
    run.run(StateCheckpoint.none(), TrainingListener.NONE);
    List<EpochReport> reports = run.reports();
    assertThat(reports).hasSize(16);
    assertThat(reports.get(15).loss()).isLessThan(0.4 * reports.get(1).loss());
    assertThat(best(reports)).isGreaterThan(0.9);
  }

  @Test
  void auxiliaryOutputsAreLeftOut() {
    Trainee trainee = deepLab();
    assertThat(trainee.program().network().outputs()).hasSize(2);
    Network trained =
        run(settings(1, 1e-3), trainee).run(StateCheckpoint.none(), TrainingListener.NONE);
    assertThat(trained.outputs()).hasSize(1);
    assertThat(trained.weights().keySet()).noneMatch(name -> name.startsWith("aux"));
  }

  @Test
  void theBestWeightsAreReturned() {
    List<Network> improvements = new ArrayList<>();
    TrainingRun run = run(settings(4, 3e-3), deepLab());
    Network trained =
        run.run(
            StateCheckpoint.none(),
            new TrainingListener() {
              @Override
              public void improved(Network best) {
                improvements.add(best);
              }
            });
    assertThat(improvements).hasSizeGreaterThan(1);
    assertThat(trained.weights()).isEqualTo(improvements.get(improvements.size() - 1).weights());
    TrainingRun again = run(settings(1, 1e-12), trainee(trained));
    again.run(StateCheckpoint.none(), TrainingListener.NONE);
    assertThat(again.reports().get(0).validation().meanIou()).isEqualTo(best(run.reports()));
  }

  @Test
  void resumedRunsEndWithTheSameWeights() {
    Network straight =
        run(settings(3, 3e-3), deepLab()).run(StateCheckpoint.none(), TrainingListener.NONE);
    Path output = folder.resolve("net.onnx");
    TrainingListener killer =
        new TrainingListener() {
          private int steps;

          @Override
          public void stepped(double progress, double loss) {
            // In the middle of the second epoch.
            if (++steps == 7) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThatThrownBy(
            () ->
                run(settings(3, 3e-3), deepLab())
                    .run(StateCheckpoint.beside(output, false), killer))
        .hasMessage("killed");
    StateCheckpoint checkpoint = StateCheckpoint.beside(output, true);
    TrainingRun resumed = run(settings(3, 3e-3), deepLab());
    List<Double> started = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void started(double progress) {
            started.add(progress);
          }
        };
    Network network = resumed.run(checkpoint, listener);
    assertThat(started).containsExactly(1.0 / 3);
    assertThat(network.weights()).isEqualTo(straight.weights());
    assertThat(resumed.reports()).extracting(EpochReport::epoch).containsExactly(0, 1, 2, 3);
    checkpoint.remove();
    assertThat(Files.exists(folder.resolve("net.onnx.checkpoint"))).isFalse();
  }

  @Test
  void checkpointsOfOtherRunsAreRefused() {
    Path output = folder.resolve("net.onnx");
    run(settings(1, 1e-3), uNet())
        .run(StateCheckpoint.beside(output, false), TrainingListener.NONE);
    List<TrainingRun> others =
        List.of(
            run(settings(1, 2e-3), uNet()), run(settings(1, 1e-3), trainee(otherMomentum(uNet()))));
    for (TrainingRun other : others) {
      assertThatThrownBy(
              () -> other.run(StateCheckpoint.beside(output, true), TrainingListener.NONE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("net.onnx.checkpoint: cannot be resumed");
    }
  }

  /** The same weights under other attributes. */
  private static Network otherMomentum(Trainee trainee) {
    Network network = trainee.program().network();
    Network.Builder builder = network.toBuilder().nodes(List.of());
    for (Node node : network.nodes()) {
      builder.node(
          node.operator().equals("BatchNormalization")
              ? Node.of(
                  node.name(),
                  node.operator(),
                  node.inputs(),
                  node.outputs(),
                  Map.of("momentum", new Attribute.Real(0.5f)))
              : node);
    }
    return builder.build();
  }

  @Test
  void divergenceStopsWithAMessage() {
    assertThatThrownBy(
            () ->
                run(settings(3, 1e30), deepLab())
                    .run(StateCheckpoint.none(), TrainingListener.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "deeplabv3: training diverged in epoch \\d, step \\d: .*lower the learning rate.*");
  }

  @Test
  void aTeacherStandsInForMasks() {
    Network unsure =
        run(settings(15, 5e-3), uNet()).run(StateCheckpoint.none(), TrainingListener.NONE);
    // Running statistics lag behind after so few steps; with them frozen it learns to be sure.
    Network teacher =
        run(settings(8, 5e-3, Normalization.FROZEN), trainee(unsure))
            .run(StateCheckpoint.none(), TrainingListener.NONE);
    TrainingData unlabelled =
        new TrainingData(withoutMasks(data.training()), withoutMasks(data.validation()));
    CategoryMapping mapping = CategoryMapping.of(ShapeImages.card().categories(), List.of(1));
    Trainee full = trainee(teacher);
    Trainee student =
        new Trainee(
            uNet().program(),
            full.input(),
            ShapeImages.card().restrictedTo(List.of(1)),
            ZooSettings.OUTPUT,
            List.of(),
            List.of(ZooSettings.OUTPUT),
            1,
            UnaryOperator.identity());
    try (Objective objective =
        new Distillation(full, mapping, DistillationSettings.decided(0), "cpu")) {
      TrainingRun run = new TrainingRun(student, settings(15, 5e-3), unlabelled, objective);
      run.run(StateCheckpoint.none(), TrainingListener.NONE);
      assertThat(best(run.reports())).isGreaterThan(0.9);
    }
  }

  @Test
  void frozenNormalizationKeepsItsStatistics() {
    Trainee trainee = deepLab();
    Network before = trainee.program().network();
    String mean = "backbone.bn1.running_mean";
    Network frozen =
        run(settings(1, 3e-3, Normalization.FROZEN), trainee)
            .run(StateCheckpoint.none(), TrainingListener.NONE);
    assertThat(frozen.weights().get(mean)).isEqualTo(before.weights().get(mean));
  }

  private static double best(List<EpochReport> reports) {
    return new TrainingLog(reports).best().validation().meanIou();
  }

  private static List<Sample> withoutMasks(List<Sample> samples) {
    return samples.stream().map(s -> new Sample(s.name(), s.image(), null)).toList();
  }

  private TrainingRun run(TrainingSettings settings, Trainee trainee) {
    return new TrainingRun(
        trainee, settings, data, new LabelLoss(LossSettings.plain(), ShapeImages.card()));
  }

  private static TrainingSettings settings(int epochs, double rate) {
    return settings(epochs, rate, Normalization.TRAINED);
  }

  private static TrainingSettings settings(int epochs, double rate, Normalization normalization) {
    return new TrainingSettings(
        TrainingLength.ofEpochs(epochs),
        4,
        OptimizerSettings.adamW(rate),
        0.1,
        5,
        new Augmentation(true, 0.9, 1.2, 0.1),
        normalization,
        1,
        false,
        "cpu");
  }

  private static Trainee deepLab() {
    Network network =
        Architecture.DEEPLABV3.build(new ZooSettings(Backbone.RESNET18, 2, 0.125, 8, true, 3));
    return trainee(network, List.of(ZooSettings.AUXILIARY));
  }

  private static Trainee uNet() {
    return trainee(Architecture.UNET.build(new ZooSettings(null, 2, 0.125, 8, false, 3)));
  }

  private static Trainee trainee(Network network) {
    return trainee(network, List.of());
  }

  private static Trainee trainee(Network network, List<String> auxiliary) {
    NetworkInput input = NetworkInput.of(network, SIZE);
    return Trainee.of(Anatomy.of(network, input.shapes(), 1), input, ShapeImages.card(), auxiliary);
  }

  private static Sample sample() {
    return new Sample("none", Path.of("none.png"), null);
  }
}
