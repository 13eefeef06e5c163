package io.disassembler.data.layout;

import static io.disassembler.data.layout.LayoutFiles.categories;
import static io.disassembler.data.layout.LayoutFiles.image;
import static io.disassembler.data.layout.LayoutFiles.logged;
import static io.disassembler.data.layout.LayoutFiles.names;
import static io.disassembler.data.layout.LayoutFiles.text;
import static io.disassembler.data.layout.LayoutFiles.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.BrokenImageException;
import io.disassembler.data.Cards;
import io.disassembler.data.DataSet;
import io.disassembler.data.Legend;
import io.disassembler.data.NetworkCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What labelling tools write into COCO files; one image of 4 x 3 pixels (width x height). */
class CocoOddAnnotationsTest {
  private static final String SQUARE = "[[0,0,2,0,2,2,0,2]]";
  private static final String ALL = "[[0,0,4,0,4,3,0,3]]";

  @TempDir private Path folder = Path.of("");

  private DataSet open(String images, String annotations, String more) throws IOException {
    image(folder.resolve("val/a.png"), 4, 3);
    text(
        folder.resolve("annotations/instances_val.json"),
        """
        {"images": [%s], "annotations": [%s],
         "categories": [{"id": 1, "name": "person"}, {"id": 3, "name": "car"}]}
        """
            .formatted(images, annotations));
    return DataSets.open("coco:" + folder + ":val" + more, null);
  }

  private DataSet open(String annotations) throws IOException {
    return open(listed("a.png"), annotations, "");
  }

  private static String listed(String file) {
    return "{\"id\": 1, \"file_name\": \"%s\", \"width\": 4, \"height\": 3}".formatted(file);
  }

  private static String annotation(int id, int category, String segmentation, String more) {
    return "{\"id\": %d, \"image_id\": 1, \"category_id\": %d, \"bbox\": [1, 0, 2, 2], \"segmentation\": %s%s}"
        .formatted(id, category, segmentation, more.isEmpty() ? "" : ", " + more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"area\": 0", "\"area\": null", "\"area\": -1"})
  void areasThatAreMissingAreThoseOfTheOutline(String area) throws IOException {
    String small = annotation(1, 1, SQUARE, area);
    String large = annotation(2, 3, ALL, area);
    int[] expected = {1, 1, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2};
    assertThat(values(open(small + "," + large), 0)).containsExactly(expected);
    assertThat(values(open(large + "," + small), 0)).containsExactly(expected);
    String runs = "{\"size\": [3, 4], \"counts\": [0, 2, 1, 2, 7]}";
    assertThat(values(open(annotation(1, 1, runs, area) + "," + large), 0))
        .containsExactly(expected);
  }

  @Test
  void crowdsAloneAreSaidToBeIgnored() throws IOException {
    String crowds =
        annotation(1, 1, SQUARE, "\"iscrowd\": 1") + "," + annotation(2, 3, ALL, "\"iscrowd\": 1");
    assertThat(logged(() -> assertThat(values(open(crowds), 0)).containsOnly(255)))
        .contains("all 2 annotations are crowds (iscrowd 1), whose pixels are ignored");
    String one = annotation(3, 1, SQUARE, "\"iscrowd\": 0");
    assertThat(logged(() -> open(crowds + "," + one))).isEmpty();
  }

  /** A box says that something is there, but not which pixels show it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{}",
        "[[]]",
        "[[1, 1, 2, 2]]",
        "{\"counts\": []}",
        "{\"counts\": \"\"}"
      })
  void boxesWithoutAnOutlineAreIgnoredAndCounted(String segmentation) throws IOException {
    String box = annotation(1, 1, segmentation, "");
    String whole = annotation(2, 3, "[[0,2,4,2,4,3,0,3]]", "");
    assertThat(
            logged(
                () ->
                    assertThat(values(open(box + "," + whole), 0))
                        .containsExactly(0, 255, 255, 0, 0, 255, 255, 0, 2, 2, 2, 2)))
        .contains("1 annotations have no outline (an empty segmentation)")
        .contains("(id 1)");
    assertThatThrownBy(() -> open(box))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none of the 1 annotations has an outline (segmentation)");
  }

  @Test
  void outlinesBeyondTheImageAreCutAndThoseOutsideCounted() throws IOException {
    String beyond = annotation(1, 1, "[[-5,-5,2,-5,2,9,-5,9]]", "");
    assertThat(logged(() -> assertThat(values(open(beyond), 0)).startsWith(1, 1, 0, 0))).isEmpty();
    String outside = annotation(2, 3, "[[7,0,9,0,9,2,7,2]]", "");
    assertThat(logged(() -> open(beyond + "," + outside)))
        .contains("1 annotations lie outside their image (id 2)");
  }

  @Test
  void annotationsThatShareAnIdAreAllUsedAndCounted() throws IOException {
    String first = annotation(1, 1, "[[0,0,1,0,1,1,0,1]]", "");
    String second = annotation(1, 3, "[[3,0,4,0,4,1,3,1]]", "");
    assertThat(
            logged(
                () -> assertThat(values(open(first + "," + second), 0)).startsWith(1, 0, 0, 2, 0)))
        .contains("1 annotations have an id that another has; all are used (id 1)");
  }

  @Test
  void imagesThatAreListedTwiceCountOnce() throws IOException {
    String twice = listed("a.png") + "," + listed("a.png");
    assertThat(
            logged(
                () ->
                    assertThat(names(open(twice, annotation(1, 1, ALL, ""), "")))
                        .containsExactly("a")))
        .contains("1 images or categories are listed twice, the same both times");
  }

  @Test
  void imagesWithoutAnnotationsAreBackgroundAndCounted() throws IOException {
    String images = listed("a.png") + "," + listed("b.png").replace("\"id\": 1", "\"id\": 2");
    assertThat(
            logged(
                () ->
                    assertThat(values(open(images, annotation(1, 1, ALL, ""), ""), 1))
                        .containsOnly(0)))
        .contains("2 images found, 2 taken; 1 have no annotation and are all background (b.png)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "../a.png", "x/../../a.png", "link.png", ""})
  void namesOfFilesOutsideTheFolderAreRefused(String name) throws IOException {
    image(folder.resolve("a.png"), 4, 3);
    Files.createDirectories(folder.resolve("val"));
    Files.createSymbolicLink(folder.resolve("val/link.png"), folder.resolve("a.png"));
    assertThatThrownBy(() -> open(listed(name), annotation(1, 1, ALL, ""), ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("instances_val.json: names the file '" + name + "', which is outside")
        .hasMessageEndingWith("copy it into that folder and name it by its place there");
  }

  @Test
  void namesThatAreNoPathsAreRefused() {
    assertThatThrownBy(() -> open(listed("a\\u0000.png"), annotation(1, 1, ALL, ""), ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("names the file 'a?.png', which is no path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"x\": 1, \"y\": 2}]", "[{}, {\"x\": 1}]", "[[0,0,2,0,\"2\",2]]"})
  void outlinesOfOtherThingsThanNumbersAreRefused(String segmentation) {
    assertThatThrownBy(() -> open(annotation(1, 1, segmentation, "")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("among the numbers of its segmentation");
  }

  @Test
  void linksOfTheFolderItselfAreFollowed(@TempDir Path elsewhere) throws IOException {
    image(elsewhere.resolve("photos/a.png"), 4, 3);
    Files.createSymbolicLink(folder.resolve("val"), elsewhere.resolve("photos"));
    assertThat(names(open(annotation(1, 1, ALL, "")))).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({"100000, 100000", "4294967296, 4294967296", "3, 9000000000000000000"})
  void sizesThatDoNotFitIntoMemoryAreBrokenImages(String height, String width) throws IOException {
    String huge =
        listed("a.png")
            .replace("\"width\": 4", "\"width\": " + width)
            .replace("\"height\": 3", "\"height\": " + height);
    String runs = "{\"size\": [3, 4], \"counts\": \"04\"}";
    DataSet data = open(huge, annotation(1, 1, ALL, "") + "," + annotation(2, 1, runs, ""), "");
    assertThatThrownBy(() -> values(data, 0))
        .isInstanceOf(BrokenImageException.class)
        .hasMessageStartingWith(height + " x " + width + " pixels (height x width) are more than")
        .hasMessageEndingWith("system property disassembler.image.pixels sets that limit");
  }

  /** As pycocotools has them: background 0, and an output for the id 2 that no category has. */
  @ParameterizedTest
  @ValueSource(strings = {"", ":car,person", ":car"})
  void aNetworkWithAnOutputForEachIdTakesIdsAsNumbers(String chosen) throws IOException {
    DataSet data = open(listed("a.png"), annotation(1, 3, SQUARE, ""), chosen);
    Legend legend = data.legend();
    NetworkCard card = Cards.resolve(folder.resolve("net.onnx"), null, Map.of(), 4, legend);
    assertThat(card.categories()).containsExactly("background", "person", "N/A 2", "car");
    assertThat(card.ignored()).containsExactly(255);
    int car = values(data, 0)[0];
    assertThat(card.maskValues().get(3)).containsExactly(car);
    assertThat(card.maskValues().get(2)).isEmpty();
    assertThat(card.maskValues().get(0)).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Background", "_background_", "__BACKGROUND__"})
  void theBackgroundMayBeCalledInManyWays(String name) throws IOException {
    image(folder.resolve("val/a.png"), 4, 3);
    text(
        folder.resolve("annotations/instances_val.json"),
        "\ufeff"
            + "{\"images\": [%s], \"annotations\": [%s], \"categories\": [{\"id\": 0, \"name\": \"%s\"}, {\"id\": 1, \"name\": \"car\"}]}"
                .formatted(listed("a.png"), annotation(1, 1, SQUARE, ""), name));
    DataSet data = DataSets.open("coco:" + folder + ":val", null);
    assertThat(categories(data)).isEqualTo(List.of("background", "car"));
    assertThat(values(data, 0)).startsWith(1, 1, 0, 0);
  }
}
