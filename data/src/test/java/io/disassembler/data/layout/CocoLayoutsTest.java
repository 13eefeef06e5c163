package io.disassembler.data.layout;

import static io.disassembler.data.layout.LayoutFiles.categories;
import static io.disassembler.data.layout.LayoutFiles.colors;
import static io.disassembler.data.layout.LayoutFiles.image;
import static io.disassembler.data.layout.LayoutFiles.names;
import static io.disassembler.data.layout.LayoutFiles.text;
import static io.disassembler.data.layout.LayoutFiles.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DataSet;
import io.disassembler.data.DecisionRule;
import io.disassembler.data.Legend;
import io.disassembler.data.Mask;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of 6 x 5 pixels (width x height). */
class CocoLayoutsTest {
  private static final String HEAD =
      """
      {"info": {"year": 2017, "nested": [{"id": 1}]},
       "images": [
         {"id": 9, "file_name": "b.jpg", "width": 6, "height": 5},
         {"id": 4, "file_name": "a.jpg", "width": 6, "height": 5}],
      """;
  private static final String CATEGORIES =
      """
       "categories": [{"id": 3, "name": "car"}, {"id": 1, "name": "person"},
         {"id": 7, "name": "train"}]}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void images() throws IOException {
    image(folder.resolve("val2017/a.jpg"), 6, 5);
    image(folder.resolve("val2017/b.jpg"), 6, 5);
  }

  private DataSet instances(String more, String annotations) throws IOException {
    text(
        folder.resolve("annotations/instances_val2017.json"),
        HEAD + "\"annotations\": [" + annotations + "]," + CATEGORIES);
    return DataSets.open("coco:" + folder + ":val2017" + more, null);
  }

  private static String annotation(int id, int category, int area, int crowd, String segmentation) {
    return """
        {"id": %d, "image_id": 4, "category_id": %d, "area": %d, "iscrowd": %d,
         "segmentation": %s}
        """
        .formatted(id, category, area, crowd, segmentation);
  }

  /** Pixels whose centres are in the rectangle from (1, 1) to (4, 3), and a second part. */
  @Test
  void polygonsOfAnInstance() throws IOException {
    DataSet data = instances("", annotation(1, 3, 8, 0, "[[1,1,4,1,4,3,1,3],[5,4,6,4,6,5,5,5]]"));
    assertThat(names(data)).containsExactly("a", "b");
    assertThat(categories(data)).containsExactly("background", "person", "car", "train");
    assertThat(values(data, 0))
        .containsExactly(
            0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            2);
    assertThat(values(data, 1)).containsOnly(0);
  }

  /** Runs go down the columns: 7 outside, then rows 2 to 4 of column 1 and row 0 of column 2. */
  @Test
  void runLengthsGoDownTheColumns() throws IOException {
    DataSet data = instances("", annotation(1, 1, 4, 0, "{\"size\":[5,6],\"counts\":[7,4,19]}"));
    assertThat(values(data, 0))
        .containsExactly(
            0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0,
            0);
  }

  /** A string that pycocotools writes for a mask of 9 rows and 10 columns. */
  @Test
  void compressedRunLengths() {
    assertThat(Region.RunLengths.decode("61X13mN000`0").counts())
        .containsExactly(6, 1, 40, 4, 5, 4, 5, 4, 21);
  }

  /** 7, 4 and 19: "c0" is 19 in two characters, as five bits with a sign hold up to 15. */
  @Test
  void compressedRunLengthsOfAnInstance() throws IOException {
    DataSet plain = instances("", annotation(1, 1, 4, 0, "{\"size\":[5,6],\"counts\":[7,4,19]}"));
    int[] expected = values(plain, 0);
    DataSet data = instances("", annotation(1, 1, 4, 0, "{\"size\":[5,6],\"counts\":\"74c0\"}"));
    assertThat(values(data, 0)).isEqualTo(expected);
  }

  @Test
  void smallerInstancesAreOnTopAndCrowdsBelow() throws IOException {
    String crowd = annotation(5, 1, 1, 1, "{\"size\":[5,6],\"counts\":[0,30]}");
    String small = annotation(2, 1, 2, 0, "[[1,1,3,1,3,2,1,2]]");
    String large = annotation(7, 3, 12, 0, "[[0,0,4,0,4,3,0,3]]");
    int[] expected = {
      2, 2, 2, 2, 255, 255,
      2, 1, 1, 2, 255, 255,
      2, 2, 2, 2, 255, 255,
      255, 255, 255, 255, 255, 255,
      255, 255, 255, 255, 255, 255
    };
    assertThat(values(instances("", small + "," + large + "," + crowd), 0)).isEqualTo(expected);
    assertThat(values(instances("", crowd + "," + large + "," + small), 0)).isEqualTo(expected);
  }

  @Test
  void instancesOfIndependentCategoriesOverlap() throws IOException {
    String crowd = annotation(5, 1, 1, 1, "{\"size\":[5,6],\"counts\":[0,12,18]}");
    String small = annotation(2, 1, 2, 0, "[[1,1,3,1,3,2,1,2]]");
    String large = annotation(7, 3, 12, 0, "[[0,0,4,0,4,3,0,3]]");
    DataSet data = instances("", small + "," + large + "," + crowd);
    NetworkCard card =
        NetworkCard.of(new Legend(List.of("train", "car", "person"), List.of()), new Size(5, 6))
            .decidedBy(DecisionRule.INDEPENDENT)
            .forMasksOf(Objects.requireNonNull(data.legend()), "coco");
    Mask mask = Objects.requireNonNull(data.samples().get(0).readMask());
    int[] expected = {
      2, 2, 2, 2, 0, 0,
      2, 6, 6, 2, 0, 0,
      2, 2, 2, 2, 0, 0,
      0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0
    };
    for (int pixel = 0; pixel < 30; pixel++) {
      // The crowd covers twelve pixels down the columns; what else is there is certain.
      boolean crowded = pixel % 6 * 5 + pixel / 6 < 12;
      expected[pixel] = crowded && expected[pixel] == 0 ? -1 : expected[pixel];
    }
    assertThat(new Preprocessor(card, new Size(5, 6)).labels(mask)).isEqualTo(expected);
  }

  @Test
  void ofEquallyLargeInstancesTheLaterIdIsOnTop() throws IOException {
    String first = annotation(2, 1, 2, 0, "[[0,0,2,0,2,1,0,1]]");
    String second = annotation(3, 3, 2, 0, "[[1,0,3,0,3,1,1,1]]");
    assertThat(values(instances("", second + "," + first), 0)).startsWith(1, 2, 2, 0);
  }

  @Test
  void aSubsetOfTheCategoriesInItsOrder() throws IOException {
    String car = annotation(1, 3, 4, 0, "[[0,0,2,0,2,2,0,2]]");
    String person = annotation(2, 1, 1, 0, "[[4,0,5,0,5,1,4,1]]");
    DataSet data = instances(":train,car", car + "," + person);
    assertThat(categories(data)).containsExactly("background", "train", "car");
    assertThat(values(data, 0)).startsWith(2, 2, 0, 0, 0, 0);
    assertThatThrownBy(() -> instances(":lorry", car))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("has no category \"lorry\"; it has person, car, train");
  }

  @Test
  void brokenAnnotationsAreRefused() {
    Path json = folder.resolve("annotations/instances_val2017.json");
    assertThatThrownBy(() -> instances("", annotation(8, 1, 1, 0, "[[1,2,3]]")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(json + ": element 8 has a polygon of 3 numbers");
    assertThatThrownBy(() -> instances("", annotation(8, 1, 1, 0, "{\"counts\":[7,4,18]}")))
        .hasMessage(
            json + ": element 8 has run lengths that do not sum up to 5 x 6 (height x width)");
    assertThatThrownBy(() -> instances("", annotation(8, 1, 1, 0, "{\"counts\":\"7\"}")))
        .hasMessageContaining("do not sum up");
    assertThatThrownBy(
            () -> instances("", annotation(8, 1, 1, 0, "{\"size\":[6,5],\"counts\":[7,4,19]}")))
        .hasMessage(
            json
                + ": element 8 has run lengths of size [6,5], its image is 5 x 6 (height x width)");
    assertThatThrownBy(() -> instances("", annotation(8, 1, 1, 0, "[[1,2,3,4,5,\"x\"]]")))
        .hasMessage(json + ": element 8 has \"x\" among the numbers of its segmentation");
    assertThatThrownBy(
            () -> {
              text(json, "{}");
              DataSets.open("coco:" + folder + ":val2017", null);
            })
        .hasMessage(json + ": expected the arrays categories, images, as COCO has them");
    assertThatThrownBy(() -> instances("", "{\"id\": 8, \"image_id\": 4}"))
        .hasMessage(json + ": element 8 has no category_id");
    assertThatThrownBy(() -> instances("", "{\"id\": 8, "))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(json + ": no JSON");
  }

  private DataSet panoptic(String more) throws IOException {
    text(
        folder.resolve("annotations/panoptic_val2017.json"),
        HEAD
            + """
            "annotations": [{"image_id": 4, "file_name": "a.png", "segments_info": [
               {"id": 3, "category_id": 3, "iscrowd": 0},
               {"id": 66051, "category_id": 7, "iscrowd": 0},
               {"id": 515, "category_id": 1, "iscrowd": 1}]}],
            """
            + CATEGORIES);
    // 66051 = 3 + 256 * 2 + 65536 * 1, 515 = 3 + 256 * 2; the bytes are red, green and blue.
    colors(
        folder.resolve("annotations/panoptic_val2017/a.png"),
        6,
        0x030000,
        0x030201,
        0x030200,
        0x000000,
        0x030000,
        0x030000);
    return DataSets.open("coco-panoptic:" + folder + ":val2017" + more, null);
  }

  /**
   * As Cityscapes names its images, and with a category that is called as the rest of the image.
   */
  @Test
  void idsThatAreTexts() throws IOException {
    text(
        folder.resolve("annotations/panoptic_val2017.json"),
        """
        {"images": [{"id": "city_1", "file_name": "b.jpg"}, {"id": "city_0", "file_name": "a.jpg"}],
         "annotations": [
           {"image_id": "city_0", "file_name": "a.png", "segments_info": [{"id": 1, "category_id": "v"}]},
           {"image_id": "city_1", "file_name": "b.png", "segments_info": [{"id": 2, "category_id": 10}]}],
         "categories": [{"id": "v", "name": "car"}, {"id": 10, "name": "sky"},
           {"id": 9, "name": "road"}]}
        """);
    colors(folder.resolve("annotations/panoptic_val2017/a.png"), 1, 0x010000);
    colors(folder.resolve("annotations/panoptic_val2017/b.png"), 1, 0x020000);
    DataSet data = DataSets.open("coco-panoptic:" + folder + ":val2017", null);
    assertThat(names(data)).containsExactly("a", "b");
    assertThat(categories(data)).containsExactly("road", "sky", "car");
    assertThat(values(data, 0)).containsOnly(2);
    assertThat(values(data, 1)).containsOnly(1);
  }

  @Test
  void idsThatAreGivenTwiceAreRefused() {
    String image = "{\"id\": 4, \"file_name\": \"a.jpg\", \"width\": 6, \"height\": 5}";
    String category = "{\"id\": 1, \"name\": \"car\"}";
    refused(
        "coco",
        image + "," + image.replace("a.jpg", "b.jpg"),
        category,
        "",
        "element 4 has id 4, as one before it has");
    refused(
        "coco",
        image + "," + image.replace(": 4", ": 5"),
        category,
        "",
        "element 5 has the file_name a.jpg, as one before it has");
    refused(
        "coco",
        image,
        category + "," + category.replace("car", "bus"),
        "",
        "element 1 has id 1, as one before it has");
    String annotation = "{\"image_id\": 4, \"file_name\": \"a.png\", \"segments_info\": []}";
    refused(
        "coco-panoptic",
        image,
        category,
        annotation + "," + annotation,
        "element without id has image_id 4, as one before it has");
    refused(
        "coco-panoptic",
        image,
        category,
        annotation.replace(
            "[]", "[{\"id\": 2, \"category_id\": 1}, {\"id\": 2, \"category_id\": 1}]"),
        "element 2 is a segment that its image has twice");
    refused(
        "coco",
        image.replace("4", "4.5"),
        category,
        "",
        "element 4.5 has id 4.5; expected a whole number or a text");
    refused(
        "coco-panoptic",
        image,
        category,
        annotation.replace("[]", "[{\"id\": \"2\", \"category_id\": 1}]"),
        "element 2 is a segment; expected a number from 1 to 16777215 as its id");
  }

  @Test
  void categoriesThatAreNotListedAreRefused() {
    String image = "{\"id\": 4, \"file_name\": \"a.jpg\", \"width\": 6, \"height\": 5}";
    String category = "{\"id\": 1, \"name\": \"car\"}";
    refused(
        "coco",
        image,
        category,
        annotation(8, 2, 1, 0, "[[1,1,4,1,4,3]]"),
        "element 8 shows category 2, which is not listed");
    refused(
        "coco-panoptic",
        image,
        category,
        "{\"image_id\": 4, \"file_name\": \"a.png\", \"segments_info\": [{\"id\": 3, \"category_id\": 0}]}",
        "element 3 shows category 0, which is not listed");
  }

  @Test
  void twoCategoriesOfOneNameAreRefused() {
    String image = "{\"id\": 4, \"file_name\": \"a.jpg\", \"width\": 6, \"height\": 5}";
    refused(
        "coco",
        image,
        "{\"id\": 1, \"name\": \"car\"}, {\"id\": 2, \"name\": \"car\"}",
        "",
        "element 2 is called \"car\", as 1 is");
    assertThatThrownBy(() -> instances(":car,car", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("val2017:car,car: names the category \"car\" twice");
  }

  @Test
  void aCategoryThatIsCalledBackgroundIsTheBackground() throws IOException {
    text(
        folder.resolve("annotations/instances_val2017.json"),
        HEAD
            + "\"annotations\": ["
            + annotation(1, 5, 1, 0, "[[0,0,1,0,1,1,0,1]]")
            + ","
            + annotation(2, 1, 4, 0, "[[0,0,2,0,2,1,0,1]]")
            + "], \"categories\": [{\"id\": 1, \"name\": \"car\"}, {\"id\": 5, \"name\": \"background\"}]}");
    DataSet data = DataSets.open("coco:" + folder + ":val2017", null);
    assertThat(categories(data)).containsExactly("background", "car");
    assertThat(values(data, 0)).startsWith(0, 1, 0);
  }

  /** Opens a file that is wrong. */
  private void refused(
      String layout, String images, String categories, String annotations, String problem) {
    boolean panoptic = layout.equals("coco-panoptic");
    Path json =
        folder.resolve(
            "annotations/%s_val2017.json".formatted(panoptic ? "panoptic" : "instances"));
    assertThatThrownBy(
            () -> {
              Files.createDirectories(folder.resolve("annotations/panoptic_val2017"));
              text(
                  json,
                  "{\"images\": [%s], \"categories\": [%s], \"annotations\": [%s]}"
                      .formatted(images, categories, annotations));
              DataSets.open(layout + ":" + folder + ":val2017", null);
            })
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(json + ": " + problem);
  }

  @Test
  void panopticSegments() throws IOException {
    DataSet data = panoptic("");
    assertThat(names(data)).containsExactly("a");
    assertThat(categories(data)).containsExactly("person", "car", "train");
    assertThat(values(data, 0)).containsExactly(1, 2, 255, 255, 1, 1);
  }

  @Test
  void panopticSegmentsOfASubset() throws IOException {
    DataSet data = panoptic(":train");
    assertThat(categories(data)).containsExactly("background", "train");
    assertThat(values(data, 0)).containsExactly(0, 1, 255, 255, 0, 0);
  }

  @Test
  void panopticNumbersThatAreNotListedAreRefused() throws IOException {
    DataSet data = panoptic("");
    Path mask = folder.resolve("annotations/panoptic_val2017/a.png");
    colors(mask, 2, 0x030000, 0x040000);
    assertThatThrownBy(() -> values(data, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(mask + ": expected the colours of the segments in")
        .hasMessageEndingWith("found #040000 (1 of 2 pixels, the first at row 0, column 1)");
  }
}
