package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks that take bytes, no batch or more than images, and such that put out whole numbers or
 * less than a score for each pixel.
 */
class OtherEndsTest {
  private static final Attribute ZERO = new Attribute.Int(0);

  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bytesAsImages(boolean channelsLast) throws IOException {
    List<Dimension> declared =
        channelsLast
            ? FileForms.nhwc()
            : Scenes.network(1).build().inputs().get(0).dimensions().get();
    List<Node> first = new ArrayList<>();
    if (channelsLast) {
      first.add(FileForms.transpose("image", "turned", 0L, 3L, 1L, 2L));
    }
    first.add(cast(channelsLast ? "turned" : "image", "floats", ElementType.FLOAT));
    first.add(node("Div", Map.of(), List.of("floats", "255"), "scaled"));
    Network network =
        begun(first, new Value("image", ElementType.UINT8, declared))
            .weight(Weight.ofFloats("255", Shape.of(), 255))
            .build();

    Network small = wholeWay(write("bytes.onnx", network), "car,tree");

    assertThat(small.inputs()).isEqualTo(network.inputs());
  }

  @Test
  void bytesAreNotNormalised() throws IOException {
    Network network =
        begun(
                List.of(cast("image", "scaled", ElementType.FLOAT)),
                new Value(
                    "image",
                    ElementType.UINT8,
                    Scenes.network(1).build().inputs().get(0).dimensions().get()))
            .build();
    Path model = write("bytes.onnx", network);
    Files.writeString(
        scenes.file("bytes.yaml"),
        "categories: [car, tree, road]\ninput: {mean: [0.5, 0.5, 0.5], size: [16, 16]}\n");

    Invocation refused =
        Invocation.of("profile", model, "--images", scenes.images(), "-o", scenes.file("p.h5"));

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("takes whole numbers as pixels", "input.scale 1", "--card");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHW", "HWC"})
  void withoutABatch(String layout) throws IOException {
    boolean last = layout.equals("HWC");
    List<Dimension> declared =
        last
            ? FileForms.nhwc().subList(1, 4)
            : List.of(FileForms.nhwc().get(3), FileForms.nhwc().get(1), FileForms.nhwc().get(2));
    List<Node> first = new ArrayList<>();
    if (last) {
      first.add(FileForms.transpose("image", "turned", 2L, 0L, 1L));
    }
    first.add(node("Unsqueeze", Map.of(), List.of(last ? "turned" : "image", "0"), "scaled"));
    List<Node> behind = new ArrayList<>();
    behind.add(node("Squeeze", Map.of(), List.of("logits", "0"), last ? "single" : "ended"));
    if (last) {
      behind.add(FileForms.transpose("single", "ended", 1L, 2L, 0L));
    }
    Network.Builder begun = begun(first, new Value("image", ElementType.FLOAT, declared));
    behind.forEach(begun::node);
    List<Dimension> maps =
        last
            ? List.of(declared.get(0), declared.get(1), new Dimension.Fixed(3))
            : List.of(new Dimension.Fixed(3), declared.get(1), declared.get(2));
    Network network =
        begun
            .weight(Weight.ofLongs("0", 0))
            .outputs(List.of(new Value("ended", ElementType.FLOAT, maps)))
            .build();

    Network small = wholeWay(write("single.onnx", network), "car,tree");

    assertThat(small.inputs()).isEqualTo(network.inputs());
    assertThat(small.outputs().get(0).dimensions().orElseThrow()).hasSize(3);
  }

  @Test
  void categoryNumbersInBytes() throws IOException {
    Network network =
        ended(
                ElementType.UINT8,
                node(
                    "ArgMax",
                    Map.of("axis", new Attribute.Int(1), "keepdims", ZERO),
                    List.of("logits"),
                    "numbers"),
                cast("numbers", "ended", ElementType.UINT8))
            .build();

    Network small = wholeWay(write("numbers.onnx", network), "car,tree");

    assertThat(small.outputs().get(0).type()).isEqualTo(ElementType.UINT8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void yesOrNoForOneCategory(boolean bytes) throws IOException {
    float[] weights = new float[24];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 3 == 1 ? 2 : -2;
    }
    List<Node> end = new ArrayList<>();
    end.add(node("Conv", Map.of(), List.of("second.relu", "one"), "tree"));
    end.add(node("Sigmoid", Map.of(), List.of("tree"), "share"));
    end.add(node("Greater", Map.of(), List.of("share", "half"), bytes ? "yes" : "ended"));
    if (bytes) {
      end.add(cast("yes", "ended", ElementType.UINT8));
    }
    Network network =
        ended(bytes ? ElementType.UINT8 : ElementType.BOOL, end.toArray(Node[]::new))
            .weight(Weight.ofFloats("one", Shape.of(1, 24, 1, 1), weights))
            .weight(Weight.ofFloats("half", Shape.of(), 0.5f))
            .build();
    Path model = write("yes.onnx", network);
    Files.writeString(
        scenes.file("yes.yaml"),
        "categories: [tree]\ninput: {size: [16, 16]}\nmasks: {values: [[1]], ignore: [255]}\n");

    wholeWay(model, "tree");
  }

  @Test
  void scoresAtAFractionOfTheImage() throws IOException {
    Network network =
        ended(
                ElementType.FLOAT,
                node(
                    "AveragePool",
                    Map.of(
                        "kernel_shape",
                        Attribute.Ints.of(2, 2),
                        "strides",
                        Attribute.Ints.of(2, 2)),
                    List.of("logits"),
                    "ended"))
            .build();

    Path model = write("half.onnx", FileForms.scores(network));

    Invocation.succeed("check", model, "--cuts", 1);
    Invocation.succeed(
        "extract",
        model,
        "--images",
        scenes.images(),
        "-c",
        "car,tree",
        "--keep-macs",
        "0.5",
        "--recovery",
        "ridge",
        "-o",
        scenes.file("small.onnx"));
    assertThat(
            Invocation.succeed(
                    "evaluate",
                    model,
                    scenes.file("small.onnx"),
                    "--images",
                    scenes.images(),
                    "--no-latency")
                .out())
        .containsPattern("car +1.000 +(1.000|0.9)");
  }

  @Test
  void aSecondInputIsGivenAConstant() throws IOException {
    Network plain = Scenes.network(1).build();
    Network network =
        ended(ElementType.FLOAT, node("Mul", Map.of(), List.of("logits", "gain"), "ended"))
            .input(
                new Value("gain", ElementType.FLOAT, List.of(new Dimension.Fixed(3), one(), one())))
            .build();
    Path model = write("gain.onnx", network);

    Invocation refused = Invocation.of("check", model);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("found 2: [image, gain]", "--fix");
    assertThat(Invocation.of("check", model, "--fix", "gain=1,2").err())
        .contains("'gain' is [3, 1, 1]", "one number, or 3, found 2");
    assertThat(Invocation.of("check", model, "--fix", "gin=1").err()).contains("no input 'gin'");
    assertThat(Invocation.of("check", model, "--fix", "gain=a").err()).contains("found \"a\"");

    Network small = wholeWay(model, "car,tree", "--fix", "gain=1,1,1");

    assertThat(small.inputs()).isEqualTo(plain.inputs());
  }

  @Test
  void profilesWithOtherConstantsAreNotMixed() throws IOException {
    Network network =
        ended(ElementType.FLOAT, node("Mul", Map.of(), List.of("logits", "gain"), "ended"))
            .input(new Value("gain", ElementType.FLOAT, List.of(one(), one(), one())))
            .build();
    Path model = write("gain.onnx", network);
    Path first = profileShard(model, "1/2", "gain=1");
    Path second = profileShard(model, "2/2", "gain=2");

    Invocation merged = Invocation.of("merge", first, second, "-o", scenes.file("all.h5"));
    assertThat(merged.code()).isEqualTo(2);
    assertThat(merged.err()).contains("expected constants for inputs of SHA-256");
    assertThat(scenes.file("all.h5")).doesNotExist();
    Object[] extract = {"extract", model, "-c", "car", "--keep-macs", "0.5", "--profile", first};
    Object[] to = {"--recovery", "ridge", "-o", scenes.file("small.onnx")};
    Invocation refused =
        Invocation.of(Invocation.join(Invocation.join(extract, "--fix", "gain=2"), to));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("made with other constants", "(--fix)");
    Invocation.succeed(Invocation.join(Invocation.join(extract, "--fix", "gain=1.0"), to));
  }

  private Path profileShard(Path model, String shard, String constant) {
    Path profile = scenes.file("p%s.h5".formatted(shard.charAt(0)));
    Invocation.succeed(
        "profile",
        model,
        "--images",
        scenes.images(),
        "--fix",
        constant,
        "--shard",
        shard,
        "-o",
        profile);
    return profile;
  }

  @Test
  void networksForImagesOfFourChannelsWork() {
    Invocation.succeed("check", Shared.file("cases/formats/four-channels.onnx"), "--cuts", 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cases/uint8-input.onnx", "cases/formats/uint8-input.onnx"})
  void filesOfOthers(String name) throws IOException {
    Path file = Shared.file(name);
    Path small = scenes.checkedCut(file, "32x48");

    assertThat(OnnxReader.read(small).inputs()).isEqualTo(OnnxReader.read(file).inputs());
  }

  private static Dimension one() {
    return new Dimension.Fixed(1);
  }

  private Path write(String name, Network network) throws IOException {
    return scenes.write(name, network.toBuilder());
  }

  private Network wholeWay(Path model, String categories, Object... options) {
    Path small = scenes.file("small.onnx");
    Object[] data = {"--images", scenes.images(), "--masks", scenes.masks()};
    Object[] all = Invocation.join(data, options);
    Invocation.succeed(Invocation.join(new Object[] {"check", model, "--cuts", 2}, options));
    Invocation.succeed(
        Invocation.join(
            new Object[] {
              "extract",
              model,
              "-c",
              categories,
              "--keep-macs",
              "0.5",
              "--recovery",
              "ridge",
              "-o",
              small
            },
            all));
    String last = categories.split(",", -1)[categories.split(",", -1).length - 1];
    assertThat(
            Invocation.succeed(
                    Invocation.join(new Object[] {"evaluate", model, small, "--no-latency"}, all))
                .out())
        .containsPattern(last + " +1.000 +1.000");
    return OnnxReader.read(small);
  }

  /** The network of the scenes behind more nodes, the last of which makes {@code scaled}. */
  private static Network.Builder begun(List<Node> first, Value input) {
    Network plain = Scenes.network(1).build();
    List<Node> nodes = new ArrayList<>(first);
    for (Node node : plain.nodes()) {
      nodes.add(
          node.withInputs(
              node.inputs().stream().map(i -> i.equals("image") ? "scaled" : i).toList()));
    }
    return plain.toBuilder().inputs(List.of(input)).nodes(nodes);
  }

  private static Network.Builder ended(ElementType type, Node... behind) {
    Network.Builder network = Scenes.network(1);
    List.of(behind).forEach(network::node);
    List<Dimension> maps = new ArrayList<>(Scenes.maps());
    if (type == ElementType.UINT8 && behind[0].operator().equals("ArgMax")) {
      maps.remove(1);
    }
    if (behind[0].operator().equals("Conv")) {
      maps.set(1, one());
    }
    return network.outputs(List.of(new Value("ended", type, maps)));
  }

  private static Node cast(String from, String to, ElementType type) {
    return node("Cast", Map.of("to", new Attribute.Int(type.code())), List.of(from), to);
  }

  private static Node node(
      String operator, Map<String, Attribute> attributes, List<String> from, String to) {
    return Node.of(to + ".n", operator, from, List.of(to), attributes);
  }
}
