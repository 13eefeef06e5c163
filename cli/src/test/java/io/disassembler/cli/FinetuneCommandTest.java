package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
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

  private static double loss(Path log, int epoch) throws IOException {
    return JsonFile.read(log).get("epochs").get(epoch).get("loss").asDouble();
  }

  @Test
  void featureMapsOfNetworksThatWereNotCutAreRefused() {
    Invocation finetune = finetuneOnFeatureMaps(scenes.model());
    assertThat(finetune.code()).isEqualTo(2);
    assertThat(finetune.err()).contains("--feature-maps: expected a sub-network with its plan");
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
    assertThat(finetune.err())
        .contains("renamed.onnx: --feature-maps: has no feature map of")
        .hasLineCount(1);
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
      log
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
