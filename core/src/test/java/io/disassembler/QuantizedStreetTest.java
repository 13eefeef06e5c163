package io.disassembler;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.channel.Anatomy;
import io.disassembler.check.TrialRun;
import io.disassembler.cut.QuantizedForm;
import io.disassembler.evaluation.EvaluationResult;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.scenes.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bundled network in 8 bits, the whole way. */
class QuantizedStreetTest {
  private static Example example;
  private static ImageSet learning;
  private static ImageSet others;
  private static Anatomy plain;
  private static Map<String, Weight> images;

  @BeforeAll
  static void open(@TempDir Path folder) {
    example = Example.copyTo(folder);
    learning =
        ImageSet.folder(example.learning().resolve("images"), example.learning().resolve("masks"));
    others =
        ImageSet.folder(example.test().resolve("images"), example.test().resolve("masks"))
            .atMost(4);
    try (SegmentationNetwork network = SegmentationNetwork.at(example.model()).threads(1).open()) {
      plain = network.anatomy();
      Weight image = TrialRun.randomImage(network.input(), 3);
      images = Map.of(image.name(), image);
    }
  }

  private static Path quantized(QuantizedForm.Kind kind, Path folder) {
    Path file = folder.resolve(kind + ".onnx");
    OnnxWriter.write(QuantizedForm.of(plain, kind, kind == QuantizedForm.Kind.QDQ, images), file);
    return file;
  }

  @ParameterizedTest
  @EnumSource(QuantizedForm.Kind.class)
  void staysInEightBits(QuantizedForm.Kind kind, @TempDir Path folder) throws IOException {
    Path model = quantized(kind, folder);
    Path file = folder.resolve("small.onnx");
    Path again = folder.resolve("again.onnx");
    try (SegmentationNetwork network = SegmentationNetwork.at(model).threads(1).open()) {
      Profile profile = network.profile(learning.atMost(4)).run();
      ExtractRequest request = network.extract("car", "road").from(profile).keepMacs(0.6);
      if (kind == QuantizedForm.Kind.QDQ) {
        request = request.recoverWith(learning, 8);
      }
      SubNetwork small = request.run();
      assertThat(small.proof().cutAgainstMasked().holds()).isTrue();
      small.write(file);
      if (kind == QuantizedForm.Kind.OPERATORS) {
        network.replay(file).from(profile).run().write(again);
        assertThat(file).hasSameBinaryContentAs(again);
      }
      EvaluationResult result = network.evaluate(others).latency(null).of(file).run();
      assertThat(result.networks().get(0).categories())
          .allSatisfy(category -> assertThat(category.retention()).isGreaterThan(0.8));
    }
    Network written = OnnxReader.read(file);
    assertThat(kernels(written, ElementType.INT8)).isGreaterThan(10);
    assertThat(kernels(written, ElementType.FLOAT))
        .isEqualTo(kernels(OnnxReader.read(model), ElementType.FLOAT));
    assertThat(Files.size(file)).isLessThan(Files.size(model));
  }

  /** How many weights of {@code type} are kernels of convolutions. */
  private static long kernels(Network network, ElementType type) {
    return network.weights().values().stream()
        .filter(weight -> weight.type() == type && weight.shape().rank() == 4)
        .filter(weight -> weight.shape().elements() > weight.shape().dimension(1))
        .count();
  }

  @Test
  void knowsRoundingFromErrors(@TempDir Path folder) {
    Path model = quantized(QuantizedForm.Kind.OPERATORS, folder);
    try (SegmentationNetwork network = SegmentationNetwork.at(model).threads(1).open()) {
      assertThat(network.network().nodes().stream().map(Node::operator))
          .contains("FakeQuantize", "Conv")
          .doesNotContain("QLinearConv", "QuantizeLinear");
    }
  }
}
