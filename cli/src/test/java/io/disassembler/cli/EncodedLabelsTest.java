package io.disassembler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Moments;
import io.disassembler.profile.Profile;
import io.disassembler.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same labels give the same profile and the same IoU, however a data set stores them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncodedLabelsTest {
  private static final int SIDE = Scenes.SIDE;
  private static final EncodedLabels LABELS = new EncodedLabels(SIDE, SIDE, 3);
  private static final int[] COLORS = {0x000000, 0xc80000, 0x00c864};
  private static final String VOC = "background, aeroplane, bicycle";
  // As no layout calls its categories: their numbers count.
  private static final String NUMBERED = "first, second, third";
  private static final String LEGEND = "\"#000000\", \"#c80000\", \"#00c864\"";

  private final Path folder;
  private final Scenes scenes;
  private Measured expected = new Measured(Path.of(""), List.of());

  /** What was learned with some labels, and the IoU of each category. */
  private record Measured(Path profile, List<Double> ious) {}

  EncodedLabelsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.scenes = Scenes.in(folder);
  }

  @BeforeAll
  void measurePlainLabels() throws IOException {
    expected =
        masks(
            "plain",
            VOC,
            "0, 1, 2",
            ".png",
            (file, labels, i) -> LABELS.grey(file, labels, identity()));
    assertThat(expected.ious()).hasSize(3).allSatisfy(iou -> assertThat(iou).isBetween(0.05, 1.0));
  }

  private static IntUnaryOperator identity() {
    return IntUnaryOperator.identity();
  }

  /** The labels of an image: those that were drawn, with a hole and a corner of something else. */
  private int[] labels(int image) throws IOException {
    int[] labels =
        ImageIO.read(scenes.masks().resolve("scene" + image + ".png").toFile())
            .getRaster()
            .getSamples(0, 0, SIDE, SIDE, 0, (int[]) null);
    for (int y = 5; y < 8; y++) {
      for (int x = 3 + image; x < 9; x++) {
        labels[y * SIDE + x] = (labels[y * SIDE + x] + 1) % 3;
      }
    }
    labels[SIDE * SIDE - 1] = 0;
    return labels;
  }

  private interface Writer {
    void write(Path file, int[] labels, int image) throws IOException;
  }

  private Measured masks(
      String name, String categories, String values, String extension, Writer writer)
      throws IOException {
    Path masks = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < Scenes.IMAGES; i++) {
      writer.write(masks.resolve("scene" + i + extension), labels(i), i);
    }
    return measured(name, categories, values, "--images", scenes.images(), "--masks", masks);
  }

  private Measured measured(String name, String categories, String values, Object... images)
      throws IOException {
    Path card =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            "{categories: [%s], masks: {values: [%s]%s}}"
                .formatted(
                    categories, values, values.matches(".*(#|255).*") ? "" : ", ignore: [255]"));
    Path profile = folder.resolve(name + ".h5");
    Path json = folder.resolve(name + ".json");
    Object[] options = Invocation.join(images, "--card", card, "--size", SIDE + "x" + SIDE);
    Invocation.succeed(
        Invocation.join(
            new Object[] {"profile", scenes.model(), "--output", profile, "--threshold", 0.5},
            options));
    Invocation.succeed(
        Invocation.join(
            new Object[] {"evaluate", scenes.model(), "--no-latency", "--json", json}, options));
    return new Measured(
        profile, JsonFile.read(json).findValues("iou").stream().map(JsonNode::asDouble).toList());
  }

  /** Byte for byte in its sums; categories may be called otherwise. */
  private void same(Measured found) {
    same(found, expected, 3);
  }

  private static void same(Measured found, Measured expected, int shown) {
    assertThat(found.ious()).isEqualTo(expected.ious());
    Profile profile = ProfileFile.read(found.profile());
    Profile plain = ProfileFile.read(expected.profile());
    assertThat(profile.images()).isEqualTo(plain.images());
    assertThat(profile.featureMaps()).isEqualTo(plain.featureMaps()).isNotEmpty();
    for (int number = 0; number < shown; number++) {
      CategoryProfile category = profile.category(number);
      CategoryProfile other = plain.category(number);
      assertThat(category.images()).isEqualTo(other.images()).isPositive();
      assertThat(category.maskArea()).isEqualTo(other.maskArea());
      for (String map : plain.featureMaps()) {
        assertThat(category.forward(map)).containsExactly(other.forward(map));
        assertThat(category.backward(map)).containsExactly(other.backward(map));
        assertThat(category.taylor(map)).containsExactly(other.taylor(map));
      }
    }
    for (String map : plain.featureMaps()) {
      Moments moments = profile.moments(map);
      assertThat(moments.count()).isEqualTo(plain.moments(map).count());
      assertThat(moments.sum()).containsExactly(plain.moments(map).sum());
      assertThat(moments.cross()).containsExactly(plain.moments(map).cross());
    }
  }

  @Test
  void palettes() throws IOException {
    same(
        masks(
            "palette",
            VOC,
            "0, 1, 2",
            ".png",
            (file, labels, i) -> LABELS.palette(file, labels, COLORS, 0)));
  }

  @Test
  void palettesThatDifferGoByColour() throws IOException {
    same(
        masks(
            "shifted",
            VOC,
            LEGEND,
            ".png",
            (file, labels, i) -> LABELS.palette(file, labels, COLORS, i)));
  }

  @Test
  void colours() throws IOException {
    same(
        masks(
            "colours",
            VOC,
            LEGEND,
            ".bmp",
            (file, labels, i) -> LABELS.colors(file, labels, COLORS)));
  }

  @Test
  void tiffOf16Bits() throws IOException {
    same(masks("tiff", VOC, "0, 1, 2", ".tiff", (file, labels, i) -> LABELS.deep(file, labels)));
  }

  @Test
  void oneHotArrays() throws IOException {
    same(masks("hot", VOC, "0, 1, 2", ".npy", (file, labels, i) -> LABELS.oneHot(file, labels)));
  }

  @Test
  void namesWithWords() throws IOException {
    same(
        masks(
            "words",
            VOC,
            "0, 1, 2",
            "_gtFine_labelTrainIds.png",
            (file, labels, i) -> LABELS.grey(file, labels, identity())));
  }

  @Test
  void masksOfTwoValuesMayBe0And255() throws IOException {
    IntUnaryOperator binary = label -> Math.min(label, 1);
    Measured numbers =
        masks(
            "binary",
            "none, object, never",
            "0, 1, []",
            ".png",
            (file, labels, i) -> LABELS.grey(file, labels, binary));
    Measured white =
        masks(
            "white",
            "none, object, never",
            "0, 255, []",
            ".png",
            (file, labels, i) -> LABELS.grey(file, labels, label -> 255 * Math.min(label, 1)));
    same(white, numbers, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"polygons", "runs", "compressed"})
  void coco(String form) throws IOException {
    Path coco = folder.resolve("coco-" + form);
    StringJoiner images = new StringJoiner(",");
    StringJoiner annotations = new StringJoiner(",");
    int[] ids = {0, 4, 9};
    for (int i = 0; i < Scenes.IMAGES; i++) {
      copyImage(i, coco.resolve("val/scene" + i + ".png"));
      images.add(
          "{\"id\": %d, \"file_name\": \"scene%d.png\", \"height\": %d, \"width\": %d}"
              .formatted(i, i, SIDE, SIDE));
      for (int category = 1; category < 3; category++) {
        int[] labels = labels(i);
        String segmentation =
            switch (form) {
              case "polygons" -> LABELS.polygons(labels, category);
              case "runs" -> LABELS.runs(labels, category);
              default -> LABELS.compressedRuns(labels, category);
            };
        annotations.add(
            "{\"id\": %d, \"image_id\": %d, \"category_id\": %d, \"segmentation\": %s}"
                .formatted(10 * i + category, i, ids[category], segmentation));
      }
    }
    Files.createDirectories(coco.resolve("annotations"));
    Files.writeString(
        coco.resolve("annotations/instances_val.json"),
        "{\"images\": [%s], \"annotations\": [%s], \"categories\": [{\"id\": 9, \"name\": \"bicycle\"}, {\"id\": 4, \"name\": \"aeroplane\"}]}"
            .formatted(images, annotations));
    same(measured("coco-" + form, VOC, "0, 1, 2", "--images", "coco:" + coco + ":val"));
  }

  @Test
  void voc() throws IOException {
    Path voc = folder.resolve("voc");
    StringJoiner list = new StringJoiner("\n");
    for (int i = 0; i < Scenes.IMAGES; i++) {
      copyImage(i, voc.resolve("JPEGImages/scene" + i + ".png"));
      LABELS.palette(voc.resolve("SegmentationClass/scene" + i + ".png"), labels(i), COLORS, 0);
      list.add("scene" + i);
    }
    Files.createDirectories(voc.resolve("ImageSets/Segmentation"));
    Files.writeString(voc.resolve("ImageSets/Segmentation/val.txt"), list.toString());
    same(measured("voc", NUMBERED, "0, 1, 2", "--images", "voc:" + voc + ":val"));
  }

  @Test
  void ade20k() throws IOException {
    Path ade = folder.resolve("ade");
    for (int i = 0; i < Scenes.IMAGES; i++) {
      copyImage(i, ade.resolve("images/validation/scene" + i + ".png"));
      LABELS.grey(
          ade.resolve("annotations/validation/scene" + i + ".png"), labels(i), label -> label + 1);
    }
    same(measured("ade", NUMBERED, "0, 1, 2", "--images", "ade20k:" + ade + ":validation"));
  }

  @Test
  void cityscapes() throws IOException {
    Path cityscapes = folder.resolve("cityscapes");
    int[] ids = {7, 8, 11};
    for (int i = 0; i < Scenes.IMAGES; i++) {
      copyImage(i, cityscapes.resolve("leftImg8bit/val/x/scene" + i + "_leftImg8bit.png"));
      LABELS.grey(
          cityscapes.resolve("gtFine/val/x/scene" + i + "_gtFine_labelIds.png"),
          labels(i),
          label -> ids[label]);
    }
    same(
        measured(
            "cityscapes", NUMBERED, "0, 1, 2", "--images", "cityscapes:" + cityscapes + ":val"));
  }

  private void copyImage(int image, Path to) throws IOException {
    Files.createDirectories(to.resolveSibling(""));
    Files.copy(scenes.images().resolve("scene" + image + ".png"), to);
  }
}
