package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Main;
import io.disassembler.cli.Scenes;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.safetensors.SafeTensors;
import io.disassembler.safetensors.SafeTensorsWriter;
import io.disassembler.testing.ChildJava;
import io.disassembler.zoo.Architecture;
import io.disassembler.zoo.ZooSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} as it is typed. */
class TrainCommandTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void helpNamesTheDefaultsOfEachRecipe() {
    assertThat(help("train"))
        .contains("Images in one step. Default: 8.", "0 to 1. Default: 0.0.")
        .doesNotContain("bundle:");
    assertThat(help("finetune"))
        .contains(
            "Images in one step. Default: 2.", "0 to 1. Default: 0.5.", "Default: 0.0005, 0.01")
        .doesNotContain("bundle:");
  }

  private static String help(String command) {
    return Invocation.of("help", command).out().replaceAll("\\s+", " ");
  }

  @Test
  void trainingWritesNetworkLogAndCurve() throws IOException {
    Path output = scenes.file("net.onnx");
    Invocation train =
        Invocation.succeed(
            train(
                output,
                "--epochs",
                3,
                "--json",
                scenes.file("log.json"),
                "--curve",
                scenes.file("curve.png")));

    assertThat(train.out())
        .containsPattern("epoch 3/3  loss \\d\\.\\d+  validation mIoU 0\\.\\d+.* min left")
        .containsPattern("Best validation mIoU \\d\\.\\d+ after epoch \\d");
    JsonNode epochs = JsonFile.read(scenes.file("log.json")).get("epochs");
    assertThat(epochs).hasSize(4);
    assertThat(epochs.get(3).get("loss").asDouble()).isPositive();
    assertThat(epochs.get(3).get("validation").get("ious")).hasSize(3);
    assertThat(ImageIO.read(scenes.file("curve.png").toFile()).getWidth()).isGreaterThan(500);
    assertThat(scenes.file("net.onnx.checkpoint")).doesNotExist();
    assertThat(operators(output)).contains("BatchNormalization");
    Invocation.succeed(
        "evaluate",
        output,
        output,
        "--images",
        scenes.images(),
        "--masks",
        scenes.masks(),
        "--no-latency");
  }

  @Test
  void normalizationIsFoldedIfAskedFor() {
    Path output = scenes.file("net.onnx");
    Invocation.succeed(train(output, "--epochs", 1, "--fold-normalization"));
    assertThat(operators(output)).contains("Conv").doesNotContain("BatchNormalization");
  }

  @Test
  void backbonesAndOutputStridesThatAreNotThereAreRefused() {
    Path output = scenes.file("net.onnx");
    Invocation stride = Invocation.of(train(output, "--output-stride", 8));
    assertThat(stride.code()).isEqualTo(2);
    assertThat(stride.err())
        .contains("--output-stride: the encoder of UNET's paper", "or add --backbone");
    Object[] segNet = train(output, "--backbone", "resnet18");
    segNet[1] = "segnet";
    Invocation backbone = Invocation.of(segNet);
    assertThat(backbone.code()).isEqualTo(2);
    assertThat(backbone.err()).contains("backbone: SegNet", "leave the backbone out (--backbone)");
    Object[] segNetStride = train(output, "--output-stride", 8);
    segNetStride[1] = "segnet";
    assertThat(Invocation.of(segNetStride).err())
        .contains("--output-stride: the encoder of SEGNET's paper")
        .doesNotContain("--backbone");
    assertThat(output).doesNotExist();
  }

  @Test
  void aUNetIsPutOnABackbone() {
    Path output = scenes.file("net.onnx");
    Invocation.succeed(train(output, "--epochs", 1, "--backbone", "resnet18", "--size", "32x32"));
    assertThat(OnnxReader.read(output).weights()).containsKey("encoder.layer4.1.conv2.weight");
  }

  @Test
  void trainingStartsFromWeightsByName() {
    Network source = Architecture.UNET.build(new ZooSettings(null, 3, 0.125, 16, false, 77));
    Path weights = scenes.file("weights.safetensors");
    SafeTensorsWriter.write(SafeTensors.of(source.weights().values()), weights);
    Path output = scenes.file("net.onnx");
    Invocation.succeed(
        train(output, "--epochs", 1, "--learning-rate", 1e-12, "--weights", weights));
    assertThat(head(OnnxReader.read(output)))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(head(source));
  }

  @Test
  void divergenceEndsWithTheBestWeightsOnDisk() {
    Path output = scenes.file("net.onnx");
    Invocation train =
        Invocation.of(train(output, "--epochs", 5, "--learning-rate", 1e30, "--batch", 2));
    assertThat(train.code()).isEqualTo(2);
    assertThat(train.err().lines()).hasSize(1);
    assertThat(train.err()).contains("training diverged in epoch", "the best weights");
    assertThat(OnnxReader.read(output).weights().values())
        .filteredOn(weight -> weight.type().isFloating())
        .allSatisfy(
            weight -> {
              for (float value : weight.floats()) {
                assertThat(value).isFinite();
              }
            });
  }

  /** The process is really killed, in the middle of an epoch. */
  @Test
  void aKilledRunGoesOnAndEndsWithTheSameBytes() throws Exception {
    Path straight = scenes.file("straight.onnx");
    String[] settings = {"--epochs", "4", "--batch", "1", "--size", "32x48", "--threads", "2"};
    Invocation.succeed(train(straight, (Object[]) settings));

    Path output = scenes.file("net.onnx");
    Path checkpoint = scenes.file("net.onnx.checkpoint");
    Process process = start(train(output, (Object[]) settings));
    while (!Files.exists(checkpoint) && process.isAlive()) {
      Thread.sleep(5);
    }
    // A tenth of an epoch or so.
    Thread.sleep(60);
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
    assertThat(checkpoint).exists();

    Process resumed = start(Invocation.join(train(output, (Object[]) settings), "--resume"));
    assertThat(resumed.inputReader().lines().filter(line -> line.startsWith("epoch ")).count())
        .isBetween(1L, 3L);
    assertThat(resumed.waitFor()).isZero();
    assertThat(output).hasSameBinaryContentAs(straight);
  }

  @Test
  void anInterruptedRunSaysHowToGoOnAndIsNotForgotten() throws Exception {
    Path output = scenes.file("net.onnx");
    Path checkpoint = scenes.file("net.onnx.checkpoint");
    Object[] command = train(output, "--epochs", 10000, "--batch", 1, "--size", "32x32");
    Process process =
        ChildJava.program(
                List.of("-Xmx512m"),
                Main.class.getName(),
                Arrays.stream(command).map(String::valueOf).toArray(String[]::new))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (!Files.exists(checkpoint) && process.isAlive()) {
      Thread.sleep(5);
    }

    // Process.destroy would close what it says.
    process.toHandle().destroy();

    assertThat(process.errorReader().lines())
        .contains(
            "disassembler: stopped; what was done is in "
                + checkpoint
                + ": the same command with --resume goes on");
    assertThat(process.waitFor()).isNotZero();
    Invocation anew = Invocation.of(command);
    assertThat(anew.code()).isEqualTo(2);
    assertThat(anew.err()).contains("left by a run that was stopped", "--resume", "--overwrite");
  }

  private Process start(Object[] arguments) throws IOException {
    return ChildJava.start(
        List.of("-Xmx512m"),
        Main.class.getName(),
        Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
  }

  private Object[] train(Path output, Object... more) {
    Object[] arguments = {
      "train",
      "unet",
      "--width",
      0.125,
      "--images",
      scenes.images(),
      "--masks",
      scenes.masks(),
      "--card",
      scenes.file("model.yaml"),
      "--output",
      output
    };
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    if (!all.contains("--size")) {
      all.addAll(List.of("--size", "16x16"));
    }
    return all.toArray();
  }

  private static float[] head(Network network) {
    return Objects.requireNonNull(network.weights().get("head.weight")).floats();
  }

  private static List<String> operators(Path file) {
    return OnnxReader.read(file).nodes().stream().map(Node::operator).toList();
  }
}
