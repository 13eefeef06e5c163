package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and data sets that were once read wrongly: {@code cases/reading} and {@code cases}. */
class ReadingCasesTest {
  @TempDir private Path folder = Path.of("");

  private static Path file(String name) {
    return Shared.file("cases/" + name);
  }

  private static Invocation evaluate(Path model, Object... options) {
    List<Object> command = new ArrayList<>(List.of("evaluate", model));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("--size", "64x64", "--no-latency"));
    return Invocation.of(command.toArray());
  }

  private static Invocation evaluate(String folder, String model, String images, String masks) {
    Path in = file("reading/" + folder);
    return evaluate(
        in.resolve(model), "--images", in.resolve(images), "--masks", in.resolve(masks));
  }

  private static Invocation layout(String folder, String model, String layout, String more) {
    Path in = file("reading/" + folder);
    return evaluate(in.resolve(model), "--images", layout.formatted(in) + more);
  }

  private static void refused(Invocation invocation, String... words) {
    assertThat(invocation.code())
        .as(invocation.out() + invocation.err())
        .isEqualTo(Main.INVALID_INPUT);
    assertThat(invocation.err().lines().filter(line -> !line.startsWith("WARN"))).hasSize(1);
    assertThat(invocation.err()).contains(words);
  }

  private static void succeeded(Invocation invocation, String... words) {
    assertThat(invocation.code()).as(invocation.out() + invocation.err()).isZero();
    assertThat(invocation.out()).contains(words);
  }

  @Test
  void palettesThatDifferFromFileToFile() throws IOException {
    refused(
        evaluate("palette-differs-per-file", "net.onnx", "img", "pal"),
        "0.png and ",
        "1.png: their palettes differ: 1 is #c80000 in the first and #00c800 in the second",
        "masks: {values: [\"#000000\", \"#00c800\", \"#c80000\"], ignore: []}");
    Path in = file("reading/palette-differs-per-file");
    Path card =
        Files.writeString(
            folder.resolve("card.yaml"),
            "{categories: [none, red, green], masks: {values: [\"#000000\", \"#c80000\", \"#00c800\"]}}");
    succeeded(
        evaluate(
            in.resolve("net.onnx"),
            "--card",
            card,
            "--images",
            in.resolve("img"),
            "--masks",
            in.resolve("pal")),
        "mIoU 1.000");
  }

  @Test
  void masksInTheAlphaChannel() {
    refused(
        evaluate("alpha-coded-masks", "net.onnx", "img", "alpha"),
        "only its alpha channel varies; save the alpha channel as a grey mask; 6 of 6 masks");
  }

  @Test
  void tiffOfOneBitWhereWhiteIsZero() {
    succeeded(evaluate("tiff-white-is-zero-1bit", "net2.onnx", "img2", "w1"), "mIoU 1.000");
  }

  @Test
  void masksOf32BitsWithMinusOne() {
    refused(
        evaluate("mask-int32-minus-1", "net.onnx", "img", "neg"),
        "0.tif: value -1 (441 of 4096 pixels) means none of the network's 3 categories");
  }

  @Test
  void masksOfTwoPages() {
    refused(evaluate("mask-tiff-two-pages", "net2.onnx", "img2", "mp"), "0.tif: has 2 pages");
  }

  @Test
  void cocoWithCrowdsAlone() {
    Invocation crowds = layout("coco-all-crowd", "netc.onnx", "coco:%s/coco_crowd:val", "");
    succeeded(crowds, "images: 6");
    assertThat(crowds.err())
        .contains("6 images found, 6 taken; all 12 annotations are crowds (iscrowd 1)");
  }

  @Test
  void cocoWithBoxesAlone() {
    refused(
        layout("coco-empty-segmentation", "netc.onnx", "coco:%s/coco_box:val", ""),
        "none of the 12 annotations has an outline (segmentation)");
  }

  @Test
  void cocoWithoutAreas() {
    Invocation areas = layout("coco-area-missing", "c.onnx", "coco:%s/noarea:val", "");
    succeeded(areas, "mIoU 1.000");
    assertThat(areas.out()).containsPattern("person +1\\.000").containsPattern("car +1\\.000");
  }

  @Test
  void extensionsInUpperCase() {
    succeeded(layout("ade20k-upper-case", "net.onnx", "ade20k:%s/ade:training", ""), "images: 6");
  }

  @Test
  void namesOfComposedAndDecomposedCharacters() {
    succeeded(evaluate("names-nfc-nfd", "net.onnx", "i", "m"), "images: 3", "mIoU 1.000");
  }

  @Test
  void imagesAndMasksInOneFolder() {
    succeeded(evaluate("images-and-masks-in-one-folder", "net.onnx", "same", "same"), "images: 1");
  }

  @ParameterizedTest
  @CsvSource({"bom, 3", "dup, 2", "ext, 2", "col, 2"})
  void listsOfVoc(String split, int images) {
    succeeded(layout("voc-list-with-bom", "net.onnx", "voc:%s/voc:", split), "images: " + images);
  }

  @Test
  void namesOutsideTheDataSet() {
    refused(
        evaluate(file("basic.onnx"), "--images", "coco:" + file("coco-abs") + ":s"),
        "names the file '/etc/passwd', which is outside");
  }

  @Test
  void sizesBeyondReason() {
    refused(
        evaluate(file("basic.onnx"), "--images", "coco:" + file("coco-hugeimg") + ":s"),
        "none of the 1 images can be used",
        "100000 x 100000 pixels (height x width) are more than the ",
        "system property disassembler.image.pixels sets that limit");
  }

  /** One image of 676 million pixels among twenty, and one whose samples are no colours. */
  @ParameterizedTest
  @CsvSource({
    "bomb-26000.png, 26000 x 26000 pixels (height x width) are more than the ",
    "f32.tif, found grey of 32-bit floating point"
  })
  void oneImageThatIsRefusedIsOneImageSkipped(String image, String reason) throws IOException {
    Files.copy(file(image), folder.resolve(image));
    for (int i = 0; i < 20; i++) {
      Files.copy(file("coco-abs/s/1.jpg"), folder.resolve(i + ".jpg"));
    }
    Invocation skipped = evaluate(file("basic.onnx"), "--images", folder);
    succeeded(skipped, "images: 20", "broken and skipped: 1");
    assertThat(skipped.err()).contains(image + ": ", reason);
  }
}
