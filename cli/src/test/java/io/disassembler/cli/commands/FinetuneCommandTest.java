package io.disassembler.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.cli.Invocation;
import io.disassembler.cli.JsonFile;
import io.disassembler.cli.Scenes;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code finetune} as it is typed. */
class FinetuneCommandTest {
  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void subNetworksAreFinetunedOnMasksAndOnTheirTeacher() throws IOException {
    Path small = cut();
    Path tuned = scenes.file("tuned.onnx");
    Path log = scenes.file("log.json");
    Invocation.succeed(
        finetune(small, tuned, log, "--masks", scenes.masks(), "--normalization", "restored"));
    assertThat(operators(tuned)).isEqualTo(operators(small));
    assertThat(OnnxReader.read(tuned).metadata()).isEqualTo(OnnxReader.read(small).metadata());
    assertThat(loss(log, 2)).isLessThan(loss(log, 1));

    Invocation.succeed(finetune(small, tuned, log, "--teacher", scenes.model()));
    double taught = loss(log, 1);
    assertThat(loss(log, 2)).isLessThan(taught);
    Invocation.succeed(
        finetune(small, tuned, log, "--teacher", scenes.model(), "--feature-maps", 1));
    assertThat(loss(log, 1)).isGreaterThan(taught);
    assertThat(loss(log, 2)).isLessThan(loss(log, 1));
  }

  @Test
  void masksOfValidationImagesJudgeWhatATeacherTaught() throws IOException {
    Path small = cut();
    Path tuned = scenes.file("tuned.onnx");
    Path log = scenes.file("log.json");
    Path masks = masksOfOtherImages();
    Invocation.succeed(finetune(small, tuned, log, "--masks", masks));
    String byLabels = validation(log);
    double loss = loss(log, 1);
    Invocation.succeed(finetune(small, tuned, log, "--masks", masks, "--teacher", scenes.model()));
    assertThat(validation(log)).isEqualTo(byLabels);
    assertThat(loss(log, 1)).isNotEqualTo(loss);
    Invocation.succeed(finetune(small, tuned, log, "--teacher", scenes.model()));
    assertThat(validation(log)).isNotEqualTo(byLabels);
  }

  /** What the full network says is right, these are not. */
  private Path masksOfOtherImages() throws IOException {
    Path folder = Files.createDirectory(scenes.file("masks-of-others"));
    List<Path> masks;
    try (Stream<Path> files = Files.list(scenes.masks())) {
      masks = files.sorted().toList();
    }
    for (int i = 0; i < masks.size(); i++) {
      Path other = masks.get((i + 1) % masks.size());
      Files.copy(other, folder.resolve(masks.get(i).getFileName()));
    }
    return folder;
  }

  @Test
  void temperatureNeedsATeacher() {
    Invocation finetune =
        Invocation.of(
            finetune(
                scenes.model(),
                scenes.file("tuned.onnx"),
                scenes.file("log.json"),
                "--masks",
                scenes.masks(),
                "--temperature",
                1));
    assertThat(finetune.code()).isEqualTo(2);
    assertThat(finetune.err()).contains("--temperature: expected --teacher FILE with it");
  }

  /** Before the first epoch. */
  private static String validation(Path log) throws IOException {
    return JsonFile.read(log).get("epochs").get(0).get("validation").toString();
  }

  private static double loss(Path log, int epoch) throws IOException {
    return JsonFile.read(log).get("epochs").get(epoch).get("loss").asDouble();
  }

  @Test
  void featureMapsOfNetworksThatWereNotCutAreRefused() {
    Invocation finetune = finetuneOnFeatureMaps(scenes.model());
    assertThat(finetune.code()).isEqualTo(2);
    assertThat(finetune.err())
        .contains("feature maps can count only for a sub-network that carries its plan");
  }

  @Test
  void featureMapsUnderOtherNamesAreRefused() {
    Path small = cut();
    Network network = OnnxReader.read(small);
    UnaryOperator<String> rename =
        value ->
            network.producer(value).isPresent() && !network.isOutput(value)
                ? "other." + value
                : value;
    Path renamed = scenes.file("renamed.onnx");
    OnnxWriter.write(
        network.toBuilder()
            .annotations(List.of())
            .nodes(
                network.nodes().stream()
                    .map(
                        node ->
                            node.withInputs(node.inputs().stream().map(rename).toList())
                                .withOutputs(node.outputs().stream().map(rename).toList()))
                    .toList())
            .build(),
        renamed);

    Invocation finetune = finetuneOnFeatureMaps(renamed);

    assertThat(finetune.code()).isEqualTo(2);
    assertThat(finetune.err()).contains("renamed.onnx: has no feature map of").hasLineCount(1);
  }

  private Invocation finetuneOnFeatureMaps(Path model) {
    Path tuned = scenes.file("tuned.onnx");
    Path log = scenes.file("log.json");
    return Invocation.of(
        finetune(model, tuned, log, "--teacher", scenes.model(), "--feature-maps", 1));
  }

  private Object[] finetune(Path model, Path output, Path log, Object... more) {
    Object[] arguments = {
      "finetune",
      model,
      "--images",
      scenes.images(),
      "--epochs",
      2,
      "--batch",
      1,
      "--no-flip",
      "--scale",
      "1,1",
      "--color",
      0,
      "--output",
      output,
      "--json",
      log,
      "--overwrite"
    };
    return Invocation.join(arguments, more);
  }

  /** A sub-network that has something to learn. */
  private Path cut() {
    Path small = scenes.file("small.onnx");
    Invocation.succeed(
        "extract",
        scenes.model(),
        "--images",
        scenes.images(),
        "--categories",
        "car",
        "--keep-macs",
        0.4,
        "--recovery",
        "none",
        "--output",
        small);
    return small;
  }

  private static List<String> operators(Path file) {
    return OnnxReader.read(file).nodes().stream().map(Node::operator).toList();
  }
}
