package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with an auxiliary head: one output counts, from inspect to evaluate. */
class OutputNameTest {
  private Scenes scenes = new Scenes(Path.of(""));
  private Path model = Path.of("");

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
    model = scenes.write("heads.onnx", withAuxiliaryHead());
  }

  @Test
  void theFirstIsTakenAndSaidSo() {
    Invocation inspect = Invocation.of("inspect", model);

    assertThat(inspect.code()).isZero();
    assertThat(inspect.err())
        .contains("'logits' is taken")
        .contains("[logits, auxiliary]")
        .contains("--output-name");
    assertThat(inspect.err().lines()).hasSize(1);
    assertThat(inspect.out()).contains("output logits", "\nsecond ").doesNotContain("\nauxiliary ");
  }

  @Test
  void anotherIsChosenByName() {
    Invocation inspect = Invocation.succeedQuietly("inspect", model, "--output-name", "auxiliary");

    assertThat(inspect.out())
        .contains("output auxiliary", "\nauxiliary ")
        .doesNotContain("\nsecond ");
  }

  @Test
  void onlyWhatItNeedsIsProfiledCutAndCompared() {
    Path profile = scenes.file("auxiliary.h5");
    Path small = scenes.file("small.onnx");
    Object[] output = {"--output-name", "auxiliary"};

    Invocation.succeedQuietly(
        join(
            output, "profile", model, "--images", scenes.images(), "--output", profile.toString()));
    Invocation.succeedQuietly(
        join(
            output,
            "extract",
            model,
            "--profile",
            profile,
            "--categories",
            "car,tree",
            "--output",
            small));
    Invocation evaluate =
        Invocation.succeedQuietly(
            join(
                output,
                "evaluate",
                model,
                small,
                "--images",
                scenes.images(),
                "--masks",
                scenes.masks(),
                "--no-latency"));
    Invocation.succeedQuietly(join(output, "check", model, "--cuts", 2));

    Network cut = OnnxReader.read(small);
    assertThat(cut.outputs()).extracting(Value::name).containsExactly("auxiliary");
    assertThat(cut.nodes()).extracting(Node::name).doesNotContain("second.conv", "logits.conv");
    assertThat(evaluate.out()).contains("car", "tree");
  }

  /** Deep supervision, the coarse outputs first: everything is about the largest. */
  @Test
  void ofSeveralResolutionsTheLargestIsTaken() throws IOException {
    Path deep = scenes.write("deep.onnx", withResolutions());
    Path profile = scenes.file("deep.h5");
    Path small = scenes.file("small.onnx");

    Invocation inspect = Invocation.of("inspect", deep);
    assertThat(inspect.err().lines()).hasSize(1);
    assertThat(inspect.err())
        .contains("[quarter, half, logits]; 'logits' is taken, the largest for ")
        .contains("(--output-name)");
    Invocation.succeed(
        "profile", deep, "--images", scenes.images(), "--output", profile.toString());
    Invocation.succeed(
        "extract", deep, "--profile", profile, "-c", "car,tree", "--keep-macs", 0.9, "-o", small);
    Invocation evaluate =
        Invocation.succeed(
            "evaluate",
            deep,
            small,
            "--images",
            scenes.images(),
            "--masks",
            scenes.masks(),
            "--no-latency");
    Invocation.succeed("check", deep, "--cuts", 2);

    Network cut = OnnxReader.read(small);
    assertThat(cut.outputs()).extracting(Value::name).containsExactly("logits");
    assertThat(cut.nodes())
        .extracting(Node::name)
        .doesNotContain("half.pool", "half.conv", "quarter.pool", "quarter.conv");
    assertThat(evaluate.out()).contains("car", "tree");
  }

  @Test
  void aProfileOfAnotherOutputIsRefused() {
    Path profile = scenes.file("auxiliary.h5");
    Invocation.succeedQuietly(
        "profile",
        model,
        "--output-name",
        "auxiliary",
        "--images",
        scenes.images(),
        "--output",
        profile);

    Invocation extract =
        Invocation.of(
            "extract",
            model,
            "--output-name",
            "logits",
            "--profile",
            profile,
            "--categories",
            "car",
            "--output",
            scenes.file("small.onnx"));

    assertThat(extract.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(extract.err())
        .contains("the profile was made for output 'auxiliary', not 'logits'", "heads.onnx")
        .contains("(--output-name)");
    assertThat(scenes.file("small.onnx")).doesNotExist();
  }

  @Test
  void anUnknownOneIsAnsweredWithThoseThereAre() {
    Invocation inspect = Invocation.of("inspect", model, "--output-name", "out");

    assertThat(inspect.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(inspect.err()).contains("heads.onnx", "'out'", "[logits, auxiliary]");
  }

  /** The network of the scenes with heads at a quarter and at half of its resolution before it. */
  private static Network.Builder withResolutions() {
    Network.Builder network = Scenes.network(1);
    List<Value> outputs = new ArrayList<>();
    for (int factor : new int[] {4, 2}) {
      String head = factor == 2 ? "half" : "quarter";
      float[] weights = new float[3 * 24];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = i % 24 % 3 == i / 24 ? 2 : -1;
      }
      Attribute.Ints square = Attribute.Ints.of(factor, factor);
      network
          .weight(Weight.ofFloats(head + ".w", Shape.of(3, 24, 1, 1), weights))
          .node(
              Node.of(
                  head + ".pool",
                  "AveragePool",
                  List.of("first.relu"),
                  List.of(head + ".pooled"),
                  Map.of("kernel_shape", square, "strides", square)))
          .node(
              Node.of(
                  head + ".conv",
                  "Conv",
                  List.of(head + ".pooled", head + ".w"),
                  List.of(head),
                  Map.of("kernel_shape", Attribute.Ints.of(1, 1))));
      outputs.add(new Value(head, ElementType.FLOAT, List.of()));
    }
    outputs.addAll(network.build().outputs());
    return network.outputs(outputs);
  }

  /** The network of the scenes with a second head on its first feature map. */
  private static Network.Builder withAuxiliaryHead() {
    Network.Builder network = Scenes.network(1);
    float[] weights = new float[3 * 24];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 24 % 3 == i / 24 ? 2 : -1;
    }
    return network
        .weight(Weight.ofFloats("head.w", Shape.of(3, 24, 1, 1), weights))
        .node(
            Node.of(
                "head.conv",
                "Conv",
                List.of("first.relu", "head.w"),
                List.of("auxiliary"),
                Map.of("kernel_shape", Attribute.Ints.of(1, 1))))
        .output(new Value("auxiliary", ElementType.FLOAT, Scenes.maps()));
  }

  private static Object[] join(Object[] options, Object... command) {
    return Invocation.join(command, options);
  }
}
