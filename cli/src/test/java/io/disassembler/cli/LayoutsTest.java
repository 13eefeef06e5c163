package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.ImageSet;
import io.disassembler.SegmentationNetwork;
import io.disassembler.SubNetwork;
import io.disassembler.evaluation.NetworkOutput;
import io.disassembler.evaluation.OnnxRuntimeModel;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Boundary;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.onnx.OnnxWriter;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.recovery.RecoveryMethod;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks whose files have images and scores in another order of axes than N x C x H x W. */
class LayoutsTest {
  private static final Long[] FROM_LAST = {0L, 3L, 1L, 2L};

  private Scenes scenes = new Scenes(Path.of(""));

  @BeforeEach
  void draw(@TempDir Path folder) throws IOException {
    scenes = Scenes.in(folder);
  }

  /** The same weights written in other ways. */
  private static Map<String, Network> forms() {
    Network plain = Scenes.network(1).build();
    return Map.of(
        "both",
        FileForms.scores(FileForms.images(plain, FileForms.nhwc(), FROM_LAST)),
        "fixed",
        FileForms.scores(
            FileForms.images(plain, FileForms.fixed(1, Scenes.SIDE, Scenes.SIDE, 3), FROM_LAST)),
        "images",
        FileForms.images(plain, FileForms.nhwc(), FROM_LAST),
        "scores",
        FileForms.scores(plain));
  }

  @TestFactory
  Stream<DynamicTest> theSameWeightsGiveTheSame() {
    return forms().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            form ->
                DynamicTest.dynamicTest(
                    form.getKey(), () -> requireSame(form.getKey(), form.getValue())));
  }

  private void requireSame(String name, Network form) throws IOException {
    Path file = scenes.write(name + ".onnx", form.toBuilder());
    try (SegmentationNetwork plain = SegmentationNetwork.at(scenes.model()).threads(1).open();
        SegmentationNetwork other = SegmentationNetwork.at(file).threads(1).open()) {
      Profile expected = plain.profile(images()).run();
      Profile found = other.profile(images()).run();
      requireSame(expected, found);

      SubNetwork small = cut(plain, expected, 0.5);
      SubNetwork alike = cut(other, found, 0.5);
      assertThat(alike.selection().kept()).isEqualTo(small.selection().kept());
      assertThat(alike.cost()).isEqualTo(small.cost());
      Path written = scenes.file(name + ".small.onnx");
      small.write(scenes.file("small.onnx"));
      alike.write(written);
      assertThat(OnnxReader.read(written).inputs()).isEqualTo(form.inputs());
      requireSameScores(
          scores(scenes.file("small.onnx"), Boundary.PLAIN),
          scores(written, other.network().boundary()),
          1e-4f);

      SubNetwork whole = cut(other, found, 1.0);
      whole.write(scenes.file(name + ".whole.onnx"));
      requireSameScores(
          scores(file, other.network().boundary()),
          scores(scenes.file(name + ".whole.onnx"), other.network().boundary()),
          0);
    }
  }

  private ImageSet images() {
    return ImageSet.folder(scenes.images(), scenes.masks());
  }

  private SubNetwork cut(SegmentationNetwork network, Profile profile, double share) {
    return network
        .extract(share == 1 ? List.of(0, 1, 2) : List.of(0, 2))
        .from(profile)
        .keepMacs(share)
        .recovery(share == 1 ? RecoveryMethod.NONE : RecoveryMethod.RIDGE)
        .run();
  }

  private static void requireSame(Profile expected, Profile found) {
    assertThat(found.featureMaps()).isEqualTo(expected.featureMaps());
    for (int number = 0; number < expected.header().categories().size(); number++) {
      CategoryProfile one = expected.category(number);
      CategoryProfile other = found.category(number);
      assertThat(other.maskArea()).isPositive().isCloseTo(one.maskArea(), within(1e-3));
      for (String map : expected.featureMaps()) {
        assertThat(other.forward(map)).containsExactly(one.forward(map), within(1e-4));
        assertThat(other.backward(map)).containsExactly(one.backward(map), within(1e-4));
        assertThat(other.taylor(map)).containsExactly(one.taylor(map), within(1e-4));
      }
    }
  }

  /** What ONNX Runtime makes of a written file on a random image. */
  private static float[] scores(Path file, Boundary boundary) {
    float[] pixels = new float[3 * Scenes.SIDE * Scenes.SIDE];
    Random random = new Random(5);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    try (OnnxRuntimeModel model = OnnxRuntimeModel.open(file, 1, boundary, null)) {
      NetworkOutput output = model.run(pixels, Shape.of(1, 3, Scenes.SIDE, Scenes.SIDE));
      assertThat(output.size().height()).isEqualTo(Scenes.SIDE);
      return ((NetworkOutput.Scores) output).values();
    }
  }

  /** Endings as tf2onnx and keras2onnx write them, which decide along the last axis. */
  @TestFactory
  Stream<DynamicTest> decisionsAlongTheLastAxis() {
    Attribute last = new Attribute.Int(-1);
    Attribute third = new Attribute.Int(3);
    Attribute dropped = new Attribute.Int(0);
    return Map.of(
            "softmax", List.of(node("Softmax", Map.of("axis", last), "logits", "ended")),
            "argmax",
                List.of(
                    node("ArgMax", Map.of("axis", third, "keepdims", dropped), "logits", "ended")),
            "softmax-argmax",
                List.of(
                    node("Softmax", Map.of("axis", third), "logits", "shares"),
                    node("ArgMax", Map.of("axis", last, "keepdims", dropped), "shares", "ended")),
            "kept-argmax", List.of(node("ArgMax", Map.of("axis", third), "logits", "ended")))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            ending ->
                DynamicTest.dynamicTest(
                    ending.getKey(),
                    () -> {
                      Network network =
                          FileForms.scores(
                              FileForms.images(
                                  Scenes.network(1).build(), FileForms.nhwc(), FROM_LAST),
                              ending.getValue().toArray(Node[]::new));
                      wholeWay(scenes.write(ending.getKey() + ".onnx", network.toBuilder()));
                    }));
  }

  private void wholeWay(Path model) throws IOException {
    Path small = scenes.file(model.getFileName() + ".small.onnx");
    Path profile = scenes.file(model.getFileName() + ".h5");
    Object[] data = {"--images", scenes.images(), "--masks", scenes.masks()};
    Invocation.succeed(Invocation.join(new Object[] {"profile", model, "--output", profile}, data));
    assertThat(Invocation.succeed("inspect", model).out().lines().findFirst().orElseThrow())
        .contains("[1, 3, 16, 16]", "N x H x W x C");
    Invocation.succeed(
        "extract",
        model,
        "--profile",
        profile,
        "--categories",
        "car,tree",
        "--keep-macs",
        "0.5",
        "--output",
        small);
    Invocation evaluation =
        Invocation.succeed(
            Invocation.join(new Object[] {"evaluate", model, small, "--no-latency"}, data));
    assertThat(evaluation.out()).containsPattern("car +1.000 +1.000");
    Invocation.succeed("check", model, "--cuts", 2);
    assertThat(Invocation.succeed("check", small, "--cuts", 1).err()).isEmpty();
  }

  private static Node node(
      String operator, Map<String, Attribute> attributes, String from, String to) {
    return Node.of(to + ".n", operator, List.of(from), List.of(to), attributes);
  }

  @Test
  void theCardSaysWhatTheGraphDoesNot() throws IOException {
    // Nothing but a Reshape meets the image, so that no layer shows where its channels are.
    Network hidden =
        new Network.Builder("hidden")
            .opset("", 17)
            .input(new Value("image", ElementType.FLOAT, FileForms.fixed(1, 16, 16, 16)))
            .output(new Value("logits", ElementType.FLOAT, FileForms.fixed(1, 16, 16, 16)))
            .weight(Weight.ofLongs("shape", 1, 16, 256))
            .weight(Weight.ofLongs("back", 1, 16, 16, 16))
            .node(Node.of("a", "Reshape", List.of("image", "shape"), List.of("flat"), Map.of()))
            .node(Node.of("b", "Reshape", List.of("flat", "back"), List.of("logits"), Map.of()))
            .build();
    Path file = scenes.file("hidden.onnx");
    OnnxWriter.write(hidden, file);

    Invocation refused = Invocation.of("inspect", file);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err().lines()).hasSize(1);
    assertThat(refused.err()).contains("'image'", "input.layout: NCHW or NHWC", "--card");

    Files.writeString(
        scenes.file("hidden.yaml"),
        """
        categories: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
        input:
          layout: NHWC
        output:
          layout: nchw
        """);
    assertThat(Invocation.succeed("inspect", file).out()).contains("N x H x W x C");
  }

  @Test
  void aLayoutThatDoesNotFitIsRefused() throws IOException {
    Path card = scenes.file("other.yaml");
    Files.writeString(card, "categories: [car, tree, road]\ninput:\n  layout: HWC\n");

    Invocation refused = Invocation.of("inspect", scenes.model(), "--card", card);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("input.layout: HWC", "3 axes", "has 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cases/nhwc.onnx",
        "cases/nhwcstatic.onnx",
        "cases/formats/nhwc-static.onnx",
        "cases/reading/output-nhwc-dynamic/out_nhwc.onnx",
        "zoo/as-published/selfie_landscape.tf2onnx185_op9.onnx",
        "zoo/as-published/bodypix_mnv1_x050_s16.tf2onnx172_op8.onnx"
      })
  void filesOfOthers(String name) throws IOException {
    Path file = Shared.file(name);
    Path small = scenes.checkedCut(file, "64x96", Shared.file("zoo/coco/images/train"));

    assertThat(OnnxReader.read(small).inputs()).isEqualTo(OnnxReader.read(file).inputs());
    Invocation.succeed("check", small, "--cuts", 1, "--size", "64x96");
  }

  private static void requireSameScores(float[] expected, float[] found, float tolerance) {
    assertThat(found).containsExactly(expected, within(tolerance));
  }
}
