package io.disassembler.fullsize;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.attribution.ChosenOutput;
import io.disassembler.channel.Anatomy;
import io.disassembler.channel.Inspection;
import io.disassembler.check.CheckReport;
import io.disassembler.check.CheckResult;
import io.disassembler.check.CheckSettings;
import io.disassembler.check.Difference;
import io.disassembler.check.NetworkCheck;
import io.disassembler.check.Proof;
import io.disassembler.check.TrialRun;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Size;
import io.disassembler.extraction.Extraction;
import io.disassembler.extraction.Profiles;
import io.disassembler.graph.Network;
import io.disassembler.graph.Shape;
import io.disassembler.input.NetworkInput;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.selection.Budget;
import io.disassembler.selection.Criterion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that people have, at the size at which they have them; only the image is small. */
class FullSizeNetworksTest {
  private static final Size SIZE = new Size(32, 48);

  @TempDir Path folder = Path.of("");

  static Stream<Named<Supplier<Network>>> networks() {
    return Stream.of(
        Named.of("deeplabv3_resnet50", ResNet50::deepLabV3),
        Named.of("fcn_resnet50", ResNet50::fcn),
        Named.of("deeplabv3_mobilenet_v3_large", MobileNetV3::deepLabV3),
        Named.of("espnet", EspNet::build));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void runsAsInOnnxRuntimeAndIsCutAtRandom(Supplier<Network> source) {
    Path file = folder.resolve("model.onnx");
    OnnxWriter.write(source.get(), file);
    Network stored = OnnxReader.read(file);
    NetworkInput input = NetworkInput.of(stored, SIZE);
    Network network =
        ChosenOutput.first(stored, input.shapes(), OptionalInt.empty(), 1, warning -> {});
    Anatomy anatomy = Anatomy.of(network, input.shapes());

    CheckResult result =
        NetworkCheck.run(file, network, input, anatomy, new CheckSettings(1, 1, 1));

    assertThat(Inspection.of(anatomy).cuttableShare())
        .as(Inspection.of(anatomy).pins().toString())
        .isGreaterThan(0.99);
    assertThat(result.holds()).as(CheckReport.table(result)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void isCutForCategories(Supplier<Network> source) {
    Network stored = source.get();
    Map<String, Shape> inputs = NetworkInput.of(stored, SIZE).shapes();
    Anatomy anatomy =
        Anatomy.of(
            ChosenOutput.first(stored, inputs, OptionalInt.empty(), 1, warning -> {}), inputs);
    Profile profile = Profiles.random(anatomy, 1, 1);
    Extraction extraction =
        new Extraction(
            anatomy,
            "model",
            NetworkCard.unnamed(profile.header().categories().size()),
            profile,
            "profile");

    List<Integer> shown =
        IntStream.range(0, profile.header().categories().size())
            .filter(category -> profile.category(category).images() > 0)
            .limit(2)
            .boxed()
            .toList();

    Extraction.SubNetwork result =
        extraction.extract(
            shown,
            new Extraction.Recipe(
                Criterion.COOPERATION,
                new Budget(Budget.Measure.MACS, 0.5),
                RecoveryMethod.MEAN,
                null));

    assertThat(
            Proof.cutAgainstMasked(
                result.recovered(),
                result.selection(),
                result.headless(),
                TrialRun.randomImage(NetworkInput.of(stored, SIZE), 1)))
        .matches(Difference::holds);
  }
}
