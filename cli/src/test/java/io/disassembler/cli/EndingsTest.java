package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that end in something else than one map of logits for each category, all the way. */
class EndingsTest {
  private static final Attribute CHANNELS = new Attribute.Int(1);

  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @Test
  void probabilities() throws IOException {
    Path model =
        scenes.write(
            "softmax.onnx",
            ending(node("Softmax", Map.of("axis", CHANNELS), "logits"), ElementType.FLOAT));

    wholeWay(model, "car,tree");
  }

  @Test
  void categoryNumbers() throws IOException {
    Path model =
        scenes.write(
            "argmax.onnx",
            ending(
                node(
                    "ArgMax", Map.of("axis", CHANNELS, "keepdims", new Attribute.Int(0)), "logits"),
                ElementType.INT64));

    wholeWay(model, "road");
  }

  @Test
  void resizedLogits() throws IOException {
    Path model =
        scenes.write(
            "resize.onnx",
            ending(
                    node(
                        "Resize",
                        Map.of("mode", new Attribute.Text("linear")),
                        "logits",
                        "",
                        "twice"),
                    ElementType.FLOAT)
                .weight(Weight.ofFloats("twice", Shape.of(4), 1, 1, 2, 2)));

    wholeWay(model, "car,tree");
  }

  @Test
  void oneCategory() throws IOException {
    Path logit = scenes.write("logit.onnx", oneCategory("tree"));
    Path sigmoid =
        scenes.write(
            "sigmoid.onnx",
            oneCategory("tree")
                .node(node("Sigmoid", Map.of(), "tree"))
                .outputs(List.of(output(ElementType.FLOAT))));
    for (Path model : List.of(logit, sigmoid)) {
      Files.writeString(
          Path.of(model.toString().replace(".onnx", ".yaml")),
          """
          categories: [tree]
          input:
            scale: 255
            size: [16, 16]
          masks:
            values: [[1]]
            ignore: [255]
          """);

      wholeWay(model, "tree");
    }
  }

  private void wholeWay(Path model, String categories) {
    Path profile = scenes.file(model.getFileName() + ".h5");
    Path small = scenes.file(model.getFileName() + ".small.onnx");
    Invocation.succeedQuietly("inspect", model);
    Invocation learned =
        Invocation.succeedQuietly(
            "profile",
            model,
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--output",
            profile);
    Invocation extract =
        Invocation.succeedQuietly(
            "extract", model, "--profile", profile, "--categories", categories, "--output", small);
    Invocation evaluate =
        Invocation.succeedQuietly(
            "evaluate",
            model,
            small,
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--no-latency");
    Invocation.succeedQuietly("check", model, "--cuts", 2);

    assertThat(learned.out()).contains(Scenes.IMAGES + " images (with masks)");
    assertThat(extract.out()).contains("Never removed (0.0 % of the MACs cannot be cut into)");
    assertThat(evaluate.out()).contains(categories.split(",", -1)[0], "retention");
  }

  private static Node node(String operator, Map<String, Attribute> attributes, String... inputs) {
    return Node.of("end", operator, List.of(inputs), List.of("ended"), attributes);
  }

  private static Network.Builder ending(Node last, ElementType type) {
    return Scenes.network(1).node(last).outputs(List.of(output(type)));
  }

  private static Value output(ElementType type) {
    return new Value("ended", type, Optional.empty(), Opaque.NONE);
  }

  /** The network of the scenes that only says where trees are. */
  private static Network.Builder oneCategory(String output) {
    float[] weights = new float[24];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3 == 1 ? 2 : -2;
    }
    return Scenes.network(1)
        .weight(Weight.ofFloats("one.w", Shape.of(1, 24, 1, 1), weights))
        .node(
            Node.of("one.conv", "Conv", List.of("second.relu", "one.w"), List.of(output), Map.of()))
        .outputs(List.of(new Value(output, ElementType.FLOAT, Optional.empty(), Opaque.NONE)));
  }
}
