package io.disassembler.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.check.TrialRun;
import io.disassembler.data.Size;
import io.disassembler.engine.Engine;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.operator.Program;
import io.disassembler.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ZooTest {
  private static final Size SIZE = new Size(64, 96);

  @TempDir Path folder = Path.of("");

  /** torchvision's own counts for 21 categories with the auxiliary head. */
  static Stream<Arguments> torchvision() {
    return Stream.of(
        Arguments.of(Architecture.DEEPLABV3, Backbone.RESNET50, 8, 42_004_074L),
        Arguments.of(Architecture.DEEPLABV3, Backbone.RESNET101, 8, 60_996_202L),
        Arguments.of(Architecture.FCN, Backbone.RESNET50, 8, 35_322_218L),
        Arguments.of(Architecture.FCN, Backbone.RESNET101, 8, 54_314_346L),
        Arguments.of(Architecture.DEEPLABV3, Backbone.MOBILENET_V3_LARGE, 16, 11_029_328L));
  }

  @ParameterizedTest
  @MethodSource("torchvision")
  void parametersAreAsManyAsInTorchvision(
      Architecture architecture, Backbone backbone, int outputStride, long expected) {
    Network network = architecture.build(new ZooSettings(backbone, 21, 1, outputStride, true, 1));
    assertThat(learned(network)).isEqualTo(expected);
  }

  private static long learned(Network network) {
    return network.weights().values().stream()
        .filter(weight -> weight.type().isFloating() && !weight.name().contains(".running_"))
        .mapToLong(weight -> weight.shape().elements())
        .sum();
  }

  /** segmentation_models.pytorch's own count for its {@code Unet("resnet34", classes=1)}. */
  @Test
  void aUNetOnABackboneHasAsManyParametersAsInSegmentationModels() {
    Network network =
        Architecture.UNET.build(new ZooSettings(Backbone.RESNET34, 1, 1, 32, false, 1));
    assertThat(learned(network)).isEqualTo(24_436_369L);
    assertThat(network.weights())
        .containsKeys(
            "encoder.conv1.weight",
            "encoder.layer4.2.bn2.running_var",
            "decoder.blocks.0.conv1.0.weight",
            "decoder.blocks.4.conv2.1.bias",
            "segmentation_head.0.bias");
  }

  /** Sizes at which skips are not exactly twice as large as what is repeated to them. */
  @Test
  void aUNetOnABackboneRunsImagesOfAnySize() {
    Network network =
        Architecture.UNET.build(new ZooSettings(Backbone.RESNET18, 3, 0.125, 32, false, 1));
    requireRuntimeAgrees(network, new Size(50, 70));
  }

  @Test
  void uNetsBackboneIsNotDilatedByDefault() {
    assertThat(Architecture.UNET.usualOutputStride()).isEqualTo(32);
    assertThat(Architecture.DEEPLABV3.usualOutputStride()).isEqualTo(16);
  }

  @Test
  void segNetOnABackboneIsRefused() {
    assertThatThrownBy(
            () ->
                Architecture.SEGNET.build(
                    new ZooSettings(Backbone.RESNET18, 3, 0.125, 16, false, 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found RESNET18; leave the backbone out");
  }

  @Test
  void weightsHaveTorchvisionsNames() {
    Network network = Architecture.DEEPLABV3.build(settings(Backbone.RESNET50, 1));
    assertThat(network.weights())
        .containsKeys(
            "backbone.conv1.weight",
            "backbone.bn1.running_var",
            "backbone.layer1.0.downsample.0.weight",
            "backbone.layer3.5.bn3.bias",
            "classifier.0.convs.0.0.weight",
            "classifier.0.convs.1.0.weight",
            "classifier.0.convs.4.1.weight",
            "classifier.0.convs.4.2.running_mean",
            "classifier.0.project.0.weight",
            "classifier.1.weight",
            "classifier.2.bias",
            "classifier.4.bias",
            "aux_classifier.0.weight",
            "aux_classifier.4.bias");
    Network mobile = Architecture.DEEPLABV3.build(settings(Backbone.MOBILENET_V3_LARGE, 1));
    assertThat(mobile.weights())
        .containsKeys(
            "backbone.0.0.weight",
            "backbone.1.block.0.0.weight",
            "backbone.4.block.2.fc1.weight",
            "backbone.15.block.3.1.running_mean",
            "backbone.16.1.weight");
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void outputsAreAsLargeAsTheImage(Architecture architecture) {
    for (@Nullable Backbone backbone : backbones(architecture)) {
      for (int outputStride : new int[] {8, 16, 32}) {
        Network network =
            architecture.build(new ZooSettings(backbone, 3, 0.125, outputStride, true, 1));
        try (Engine engine = Engine.of(Program.parse(network))) {
          NetworkInput input = NetworkInput.of(network, SIZE);
          Shape shape = engine.probe(input.shapes()).shape(ZooSettings.OUTPUT);
          assertThat(shape).isEqualTo(Shape.of(1, 3, SIZE.height(), SIZE.width()));
        }
      }
    }
  }

  static Stream<Arguments> all() {
    return Stream.of(Architecture.values())
        .flatMap(
            architecture ->
                backbones(architecture).stream()
                    .map(backbone -> Arguments.of(architecture, backbone)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void onnxRuntimeGivesTheSame(Architecture architecture, @Nullable Backbone backbone) {
    requireRuntimeAgrees(
        architecture.build(new ZooSettings(backbone, 3, 0.125, 16, false, 1)), SIZE);
  }

  private void requireRuntimeAgrees(Network network, Size size) {
    Path file = folder.resolve("network.onnx");
    OnnxWriter.write(network, file);
    Weight image = TrialRun.randomImage(NetworkInput.of(network, size), 5);
    float[] ours = TrialRun.run(network, image, 1);
    try (OnnxRuntimeModel runtime = OnnxRuntimeModel.open(file, 1)) {
      NetworkOutput output =
          runtime.run(image.floats(), Shape.of(1, 3, size.height(), size.width()));
      assertThat(((NetworkOutput.Scores) output).values())
          .usingComparatorWithPrecision(1e-4f)
          .containsExactly(ours);
    }
  }

  @Test
  void weightsLoadByName() {
    Network source =
        Architecture.FCN.build(new ZooSettings(Backbone.RESNET18, 3, 0.125, 8, true, 1));
    Network target =
        Architecture.FCN.build(new ZooSettings(Backbone.RESNET18, 3, 0.125, 8, false, 2));
    SafeTensors stateDict = SafeTensors.of(source.weights().values());
    Network loaded = NamedWeights.load(target, stateDict, "fcn.safetensors");
    String name = "backbone.layer4.1.conv2.weight";
    assertThat(target.weights().get(name)).isNotEqualTo(source.weights().get(name));
    assertThat(loaded.weights())
        .isNotEmpty()
        .allSatisfy((key, weight) -> assertThat(weight).isEqualTo(source.weights().get(key)));
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Network source = Architecture.FCN.build(settings(Backbone.RESNET18, 0.125));
    Network target = Architecture.FCN.build(settings(Backbone.RESNET34, 0.25));
    assertThatThrownBy(
            () ->
                NamedWeights.load(
                    target, SafeTensors.of(source.weights().values()), "fcn.safetensors"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("fcn.safetensors: does not fit fcn: ")
        .hasMessageContaining("expected FLOAT");
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new ZooSettings(Backbone.RESNET18, 3, 1, 4, true, 1))
        .hasMessage("output stride: expected 8, 16 or 32, found 4");
    assertThatThrownBy(() -> new ZooSettings(Backbone.RESNET18, 0, 1, 8, true, 1))
        .hasMessage("categories: expected at least 1, found 0");
    assertThatThrownBy(() -> new ZooSettings(Backbone.RESNET18, 3, 0, 8, true, 1))
        .hasMessageStartingWith("width: expected above 0");
  }

  /** A few of those that an architecture can be put on; null is its own encoder. */
  private static List<@Nullable Backbone> backbones(Architecture architecture) {
    return switch (architecture) {
      case UNET -> Arrays.asList(null, Backbone.RESNET18, Backbone.MOBILENET_V3_SMALL);
      case SEGNET -> Arrays.asList((Backbone) null);
      default -> List.of(Backbone.RESNET18, Backbone.MOBILENET_V3_SMALL);
    };
  }

  private static ZooSettings settings(Backbone backbone, double width) {
    return new ZooSettings(backbone, 21, width, 8, true, 1);
  }
}
