package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.graph.Network;
import io.disassembler.onnx.OnnxReader;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs, inputs and names that were read wrongly, as {@code shared/cases/reading} has them. */
class ReadingTest {
  @TempDir Path folder = Path.of("");

  private static Path in(String kind, String name) {
    return Shared.file("cases/reading/" + kind).resolve(name);
  }

  private Path json() {
    return folder.resolve("result.json");
  }

  /** Evaluates as the README of the cases says; the IoU of each category. */
  private List<Double> ious(Object... arguments) throws IOException {
    Invocation.succeed(Invocation.join(arguments, "--no-latency", "--json", json()));
    JsonNode categories = JsonFile.read(json()).path("reference").path("categories");
    return IntStream.range(0, categories.size())
        .mapToObj(i -> categories.get(i).path("iou").asDouble())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "binary-sigmoid-masks-0-255, bin.onnx, m255",
    "one-channel-sigmoid-then-resize, sig_resize.onnx, m1",
    "one-channel-sigmoid-from-exp, sig_manual.onnx, m1",
  })
  void oneCategoryIsFoundWhereItIs(String kind, String model, String masks) throws IOException {
    Path images = in(kind, "img");
    Object[] evaluate = {
      "evaluate", in(kind, model), "--images", images, "--masks", in(kind, masks), "--size", "64x64"
    };
    Path card = in(kind, "b.yaml");
    Object[] all = Files.exists(card) ? Invocation.join(evaluate, "--card", card) : evaluate;

    assertThat(ious(all)).containsExactly(1.0);
  }

  @Test
  void valuesThatNoMaskHasAreAnErrorThatListsThoseTheyHave() throws IOException {
    String kind = "binary-sigmoid-masks-0-255";
    Path card =
        Files.writeString(
            folder.resolve("card.yaml"), "categories: [object]\nmasks: {values: [7]}\n");

    Invocation refused =
        Invocation.of(
            "evaluate",
            in(kind, "bin.onnx"),
            "--card",
            card,
            "--images",
            in(kind, "img"),
            "--masks",
            in(kind, "m255"),
            "--size",
            "64x64",
            "--no-latency");

    assertThat(refused.code()).as(refused.err()).isEqualTo(Main.INVALID_INPUT);
    assertThat(refused.err()).contains("masks.values", "'object'", "0, 255");
  }

  @Test
  void namesInAnotherOrderAreMatched() throws IOException {
    String kind = "names-in-another-order";

    assertThat(
            ious(
                "evaluate",
                in(kind, "c.onnx"),
                "--images",
                "coco:" + in(kind, "co") + ":val:car,person",
                "--size",
                "64x64"))
        .containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void probabilitiesBeforeAResizeAreAsConfidentAsBehindIt() {
    assertThat(confidentPixels("softmax_resize.onnx"))
        .isEqualTo(confidentPixels("resize_softmax.onnx"))
        .satisfies(
            pixels -> {
              assertThat(pixels.get(0)).isCloseTo(19_400, within(50.0));
              assertThat(pixels.get(1)).isEqualTo(2209);
              assertThat(pixels.get(2)).isEqualTo(2543);
            });
  }

  private List<Double> confidentPixels(String model) {
    String kind = "softmax-then-resize";
    Path file = folder.resolve(model + ".profile.h5");
    Invocation.succeed(
        "profile",
        in(kind, model),
        "--images",
        in(kind, "img"),
        "--masks",
        in(kind, "ok"),
        "--size",
        "64x64",
        "--output",
        file);
    Profile profile = ProfileFile.read(file);
    return IntStream.range(0, 3).mapToObj(c -> profile.category(c).maskArea()).toList();
  }

  @Test
  void otherToolsNamesAreThoseOfTheSubNetwork() {
    String kind = "metadata-names";
    Path small = folder.resolve("small.onnx");
    Invocation.succeed(
        "extract",
        in(kind, "c.onnx"),
        "--images",
        in(kind, "img"),
        "--categories",
        "car",
        "--keep-macs",
        "1.0",
        "--recovery",
        "none",
        "--size",
        "64x64",
        "--output",
        small);

    Network network = OnnxReader.read(small);
    assertThat(network.metadata())
        .containsEntry("names", "{0: 'other', 1: 'car'}")
        .containsEntry("task", "segment")
        .containsEntry("author", "x");
  }

  @ParameterizedTest
  @CsvSource({
    "exif-square, EXIF orientation 6",
    "image-12-bits-in-16, 16 bits per sample of which 12 are used",
  })
  void whatImagesSayIsWarnedOf(String kind, String warning) {
    Invocation evaluated =
        Invocation.succeed(
            "evaluate",
            in(kind, "net.onnx"),
            "--images",
            in(kind, "i"),
            "--size",
            "64x64",
            "--no-latency");

    assertThat(evaluated.err()).contains(warning);
  }

  @Test
  void oneInputChannelIsGrey() throws IOException {
    String kind = "grey-network-without-card";

    assertThat(
            ious(
                "evaluate",
                in(kind, "g.onnx"),
                "--images",
                in(kind, "i"),
                "--masks",
                in(kind, "m"),
                "--size",
                "64x64"))
        .hasSize(16)
        .allSatisfy(iou -> assertThat(iou).isEqualTo(1));
  }

  /**
   * Numbers of ONNX Runtime on what Pillow makes in two steps, columns and then rows, its scores
   * brought to the masks' sizes by PyTorch. In one step it would be 0.20442, 0.20266 and 0.20219.
   */
  @Test
  void imagesAreResizedAsPillowTwelveDoes() throws IOException {
    String kind = "resize-pillow-13";

    assertThat(
            ious(
                "evaluate",
                in(kind, "net.onnx"),
                "--images",
                in(kind, "i"),
                "--masks",
                in(kind, "m"),
                "--size",
                "48x80"))
        .usingElementComparator(
            (found, expected) -> Math.abs(found - expected) < 3e-5 ? 0 : found.compareTo(expected))
        .containsExactly(0.20433208, 0.2027067, 0.20241018);
  }

  @Test
  void aPointerIsNoModel() {
    Invocation inspected = Invocation.of("inspect", in("git-lfs-pointer", "lfs.onnx"));

    assertThat(inspected.code()).isEqualTo(Main.INVALID_INPUT);
    assertThat(inspected.err())
        .contains("Git LFS pointer")
        .contains("git lfs pull")
        .hasLineCount(1);
  }

  @Test
  void masksThatCountFromOneAreSuspected() throws IOException {
    String kind = "masks-one-based";
    Invocation evaluated =
        Invocation.succeed(
            "evaluate",
            in(kind, "net.onnx"),
            "--images",
            in(kind, "onei"),
            "--masks",
            in(kind, "one"),
            "--size",
            "64x64",
            "--no-latency",
            "--json",
            json());

    assertThat(evaluated.err()).contains("count from 1").contains("values: [1, 2, []]");
    JsonNode doubt = JsonFile.read(json()).path("doubt");
    assertThat(doubt.path("agreement").asDouble()).isLessThan(0.1);
    assertThat(doubt.path("explained").asDouble()).isGreaterThan(0.9);
  }
}
