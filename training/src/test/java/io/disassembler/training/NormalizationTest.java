package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.safetensors.StateCheckpoint;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.Backbone;
import io.disassembler.zoo.ZooSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NormalizationTest {
  private static final Size SIZE = new Size(ShapeImages.HEIGHT, ShapeImages.WIDTH);

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void foldedNetworksComputeTheSameWithoutNormalization(Architecture architecture) {
    Backbone backbone = architecture == Architecture.SEGNET ? null : Backbone.MOBILENET_V3_SMALL;
    Network network = withStatistics(network(architecture, backbone));
    NetworkInput input = NetworkInput.of(network, new Size(64, 64));
    Network folded = FoldedNormalization.in(input, 1).apply(network);
    assertThat(normalizations(network)).isPositive();
    assertThat(normalizations(folded)).isZero();
    assertThat(folded.weights().keySet()).noneMatch(name -> name.contains("running"));
    requireSame(network, folded, input);
  }

  @Test
  void whatIsReadInBetweenStays() {
    Network network = network(Architecture.UNET, null);
    NetworkInput input = NetworkInput.of(network, SIZE);
    Network seen =
        network.toBuilder()
            .output(
                new Value(
                    "encoder1.0",
                    ElementType.FLOAT,
                    network.outputs().get(0).dimensions().orElseThrow()))
            .build();
    assertThat(normalizations(FoldedNormalization.in(input, 1).apply(seen))).isEqualTo(1);
  }

  @Test
  void restoredNetworksComputeTheSameAndTrainByTheBatch() {
    Network network = withStatistics(network(Architecture.UNET, null));
    NetworkInput input = NetworkInput.of(network, SIZE);
    Network folded = FoldedNormalization.in(input, 1).apply(network);
    Trainee trainee =
        Trainee.of(Anatomy.of(folded, input.shapes()), input, ShapeImages.card(), List.of());
    List<Sample> samples = ShapeImages.write(folder, 8, 1);

    Trainee restored = Normalization.RESTORED.prepare(trainee, samples, false);

    Network unfolded = restored.program().network();
    assertThat(normalizations(unfolded)).isEqualTo(normalizations(network));
    requireSame(folded, unfolded, input);
    assertThat(TrainingForm.of(restored.program(), Normalization.RESTORED).updates())
        .hasSize(2 * normalizations(network));
    Network trained =
        new TrainingRun(
                restored,
                settings(),
                new TrainingData(samples, List.of()),
                new LabelLoss(LossSettings.plain(), ShapeImages.card()))
            .run(StateCheckpoint.none(), TrainingListener.NONE);
    assertThat(normalizations(trained)).isZero();
    assertThat(trained.nodes()).hasSameSizeAs(folded.nodes());
    assertThat(trained.weights().keySet()).isEqualTo(folded.weights().keySet());
    assertThat(trained.weights()).isNotEqualTo(folded.weights());
  }

  @Test
  void layersThatHaveTheirNormalizationKeepIt() {
    Network network = network(Architecture.DEEPLABV3, Backbone.RESNET18);
    NetworkInput input = NetworkInput.of(network, SIZE);
    Trainee trainee =
        Trainee.of(Anatomy.of(network, input.shapes()), input, ShapeImages.card(), List.of());
    Trainee restored =
        Normalization.RESTORED.prepare(trainee, ShapeImages.write(folder, 2, 1), false);
    assertThat(normalizations(restored.program().network())).isEqualTo(normalizations(network));
  }

  @Test
  void layersIntoWhichItCouldNotBeFoldedAgainGetNone() {
    Network network = channelsLastAndShared();
    NetworkInput input = NetworkInput.of(network, SIZE);
    Trainee trainee =
        Trainee.of(Anatomy.of(network, input.shapes()), input, ShapeImages.card(), List.of());
    Trainee restored =
        Normalization.RESTORED.prepare(trainee, ShapeImages.write(folder, 2, 1), false);
    // Only the first of the four layers has kernels of its own along axis 1.
    assertThat(normalizations(restored.program().network())).isEqualTo(1);
    assertThat(normalizations(FoldedNormalization.in(input, 1).apply(restored.program().network())))
        .isZero();
  }

  /** A convolution, a product with channels last, and two convolutions with one weight. */
  private static Network channelsLastAndShared() {
    List<Dimension> extents =
        List.of(
            new Dimension.Symbolic("n"),
            new Dimension.Fixed(3),
            new Dimension.Symbolic("h"),
            new Dimension.Symbolic("w"));
    return new Network.Builder("mixed")
        .opset("", 18)
        .input(new Value("image", ElementType.FLOAT, extents))
        .weight(weight("own", Shape.of(3, 3, 1, 1)))
        .weight(weight("matrix", Shape.of(3, 3)))
        .weight(weight("shared", Shape.of(3, 3, 1, 1)))
        .node(node("Conv", "first", Map.of(), "image", "own"))
        .node(node("Transpose", "last", Map.of("perm", Attribute.Ints.of(0, 2, 3, 1)), "first"))
        .node(node("MatMul", "product", Map.of(), "last", "matrix"))
        .node(node("Transpose", "back", Map.of("perm", Attribute.Ints.of(0, 3, 1, 2)), "product"))
        .node(node("Conv", "once", Map.of(), "back", "shared"))
        .node(node("Conv", "twice", Map.of(), "once", "shared"))
        .node(node("Conv", "logits", Map.of(), "twice", "own2"))
        .weight(weight("own2", Shape.of(2, 3, 1, 1)))
        .output(new Value("logits", ElementType.FLOAT, extents))
        .build();
  }

  private static Node node(
      String operator, String output, Map<String, Attribute> attributes, String... inputs) {
    return Node.of(output, operator, List.of(inputs), List.of(output), attributes);
  }

  private static Weight weight(String name, Shape shape) {
    Random random = new Random(shape.rank());
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Weight.ofFloats(name, shape, values);
  }

  private static TrainingSettings settings() {
    return new TrainingSettings(
        TrainingLength.ofEpochs(1),
        4,
        OptimizerSettings.adamW(1e-3),
        0,
        5,
        Augmentation.NONE,
        Normalization.RESTORED,
        1,
        false,
        "cpu");
  }

  private static Network network(Architecture architecture, @Nullable Backbone backbone) {
    return architecture.build(new ZooSettings(backbone, 2, 0.125, 16, false, 3));
  }

  /** Statistics and scales as after some training: none 0, none 1. */
  private static Network withStatistics(Network network) {
    Random random = new Random(4);
    Network.Builder builder = network.toBuilder();
    for (Weight weight : network.weights().values()) {
      if (weight.type().isFloating() && weight.shape().rank() == 1) {
        float[] values = new float[Math.toIntExact(weight.shape().elements())];
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.5f + random.nextFloat();
        }
        builder.weight(Weight.ofFloats(weight.name(), weight.shape(), values));
      }
    }
    return builder.build();
  }

  private static int normalizations(Network network) {
    return (int)
        network.nodes().stream()
            .map(Node::operator)
            .filter(operator -> operator.equals("BatchNormalization"))
            .count();
  }

  private static void requireSame(Network expected, Network found, NetworkInput input) {
    Weight image = TrialRun.randomImage(input, 7);
    float[] wanted = TrialRun.run(expected, image, 1);
    float largest = 0;
    for (float value : wanted) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(TrialRun.run(found, image, 1))
        .usingComparatorWithPrecision(1e-4f * largest)
        .containsExactly(wanted);
  }
}
