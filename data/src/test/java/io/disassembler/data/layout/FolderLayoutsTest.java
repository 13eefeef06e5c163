package io.disassembler.data.layout;

import static io.disassembler.data.layout.LayoutFiles.categories;
import static io.disassembler.data.layout.LayoutFiles.colors;
import static io.disassembler.data.layout.LayoutFiles.grey;
import static io.disassembler.data.layout.LayoutFiles.image;
import static io.disassembler.data.layout.LayoutFiles.names;
import static io.disassembler.data.layout.LayoutFiles.palette;
import static io.disassembler.data.layout.LayoutFiles.text;
import static io.disassembler.data.layout.LayoutFiles.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DataSet;
import io.disassembler.data.ImageLoader;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Preprocessor;
import io.disassembler.data.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLayoutsTest {
  @TempDir private Path folder = Path.of("");

  private DataSet open(String layout, String more) {
    return DataSets.open(layout + ":" + folder + more, null);
  }

  @Test
  void foldersWithAndWithoutSplits() throws IOException {
    image(folder.resolve("images/a.png"), 2, 1);
    grey(folder.resolve("masks/a.png"), 2, 3, 4);
    image(folder.resolve("images/val/b.png"), 2, 1);
    grey(folder.resolve("masks/val/b.png"), 2, 5, 6);
    assertThat(values(open("folders", ""), 0)).containsExactly(3, 4);
    DataSet val = open("folders", ":val");
    assertThat(values(val, 0)).containsExactly(5, 6);
    assertThat(val.legend()).isNull();
  }

  @Test
  void vocTakesTheImagesOfASplitAndPaletteIndices() throws IOException {
    for (String name : List.of("2007_000032", "2007_000039", "2007_000063")) {
      image(folder.resolve("JPEGImages/" + name + ".jpg"), 3, 2);
      palette(folder.resolve("SegmentationClass/" + name + ".png"), 3, 0, 15, 15, 255, 7, 20);
    }
    text(folder.resolve("ImageSets/Segmentation/val.txt"), "2007_000063\n2007_000032\n");
    DataSet data = open("voc", ":val");
    assertThat(names(data)).containsExactly("2007_000032", "2007_000063");
    assertThat(values(data, 1)).containsExactly(0, 15, 15, 255, 7, 20);
    assertThat(categories(data)).hasSize(21).startsWith("background").endsWith("tvmonitor");
    assertThat(categories(data).get(15)).isEqualTo("person");
    assertThat(data.legend()).extracting(legend -> legend.ignored()).isEqualTo(List.of(255));
    assertThatThrownBy(() -> open("voc", ":test"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("test.txt: there is no such split of Pascal VOC; there are val.txt");
  }

  @Test
  void cityscapesLabelIdsBecomeTrainIds() throws IOException {
    String name = "aachen_000000_000019";
    image(folder.resolve("leftImg8bit/train/aachen/" + name + "_leftImg8bit.png"), 34, 1);
    image(folder.resolve("leftImg8bit/train/bonn/bonn_1_leftImg8bit.png"), 34, 1);
    grey(
        folder.resolve("gtFine/train/aachen/" + name + "_gtFine_labelIds.png"),
        34,
        IntStream.range(0, 34).toArray());
    DataSet data = open("cityscapes", ":train");
    assertThat(names(data)).containsExactly(name);
    // The label ids of the evaluated categories in the order of their train ids, from
    // cityscapesScripts' labels.py; all others are ignored.
    int[] evaluated = {7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33};
    int[] expected = new int[34];
    Arrays.fill(expected, 255);
    for (int trainId = 0; trainId < evaluated.length; trainId++) {
      expected[evaluated[trainId]] = trainId;
    }
    assertThat(values(data, 0)).isEqualTo(expected);
    assertThat(categories(data)).hasSize(19).startsWith("road", "sidewalk").endsWith("bicycle");
    assertThat(categories(data).get(13)).isEqualTo("car");
    assertThatThrownBy(() -> open("cityscapes", ""))
        .hasMessage("cityscapes:" + folder + ": expected cityscapes:DIR:SPLIT");
  }

  @Test
  void adeCountsFromOneAndIgnoresOther() throws IOException {
    image(folder.resolve("images/validation/ADE_val_00000001.jpg"), 4, 1);
    Path mask = folder.resolve("annotations/validation/ADE_val_00000001.png");
    grey(mask, 4, 0, 1, 21, 150);
    DataSet data = open("ade20k", ":validation");
    assertThat(values(data, 0)).containsExactly(255, 0, 20, 149);
    assertThat(categories(data)).hasSize(150).doesNotHaveDuplicates().endsWith("flag");
    assertThat(categories(data).get(20)).isEqualTo("car");
    grey(mask, 4, 0, 1, 21, 151);
    assertThatThrownBy(() -> values(data, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(mask + ": expected values of ADE20K, 0 to 150, found 151 (1 of 4 pixels)");
  }

  @Test
  void camVidAsSegNetHasIt() throws IOException {
    for (String name : List.of("0001TP_006690", "0001TP_006720", "unlisted")) {
      image(folder.resolve("train/" + name + ".png"), 3, 1);
      grey(folder.resolve("trainannot/" + name + ".png"), 3, 0, 10, 11);
    }
    text(
        folder.resolve("train.txt"),
        """
        /SegNet/CamVid/train/0001TP_006720.png /SegNet/CamVid/trainannot/0001TP_006720.png
        /SegNet/CamVid/train/0001TP_006690.png /SegNet/CamVid/trainannot/0001TP_006690.png
        """);
    DataSet data = open("camvid", ":train");
    assertThat(names(data)).containsExactly("0001TP_006690", "0001TP_006720");
    assertThat(values(data, 0)).containsExactly(0, 10, 11);
    assertThat(categories(data)).hasSize(11).startsWith("sky").endsWith("bicyclist");
    assertThat(data.legend()).extracting(legend -> legend.ignored()).isEqualTo(List.of(11));
  }

  @Test
  void camVidInItsOwnColors() throws IOException {
    image(folder.resolve("701_StillsRaw_full/0001TP_006690.png"), 4, 2);
    Path mask = folder.resolve("LabeledApproved_full/0001TP_006690_L.png");
    // Sky, Wall, TrafficCone, LaneMkgsDriv; Void, SUVPickupTruck, Child, MotorcycleScooter.
    colors(mask, 4, 0x808080, 0x40c000, 0x000040, 0x8000c0, 0x000000, 0x4080c0, 0xc08040, 0xc000c0);
    DataSet data = open("camvid", "");
    assertThat(values(data, 0)).containsExactly(0, 1, 2, 3, 11, 8, 9, 10);
    colors(mask, 2, 0x808080, 0x808081);
    assertThatThrownBy(() -> values(data, 0))
        .hasMessage(
            mask
                + ": expected the colours of CamVid, found #808081 (1 of 2 pixels, the first at row 0, column 1)");

    image(folder.resolve("val/b.png"), 2, 1);
    colors(folder.resolve("val_labels/b_L.png"), 2, 0x0000c0, 0xc0c000);
    assertThat(values(open("camvid", ":val"), 0)).containsExactly(4, 5);
  }

  @Test
  void wrongFoldersAndLayoutsAreRefusedInOneLine() {
    assertThatThrownBy(() -> open("cityscape", ":train"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nor a layout called \"cityscape\"")
        .hasMessageContaining("cityscapes:DIR:SPLIT");
    assertThatThrownBy(() -> open("voc", ":train"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            folder.resolve("JPEGImages")
                + ": expected this folder of Pascal VOC, found nothing there");
    assertThatThrownBy(() -> open("voc", ":train:person"))
        .hasMessageEndingWith("expected voc:DIR:SPLIT");
    assertThatThrownBy(() -> DataSets.open("voc:" + folder + ":train", folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("comes with its own masks; leave out " + folder);
  }

  @Test
  void listsThatAreNoTextAreRefusedWithTheCause() throws IOException {
    Path list = folder.resolve("ImageSets/Segmentation/train.txt");
    image(folder.resolve("JPEGImages/a.jpg"), 2, 2);
    palette(folder.resolve("SegmentationClass/a.png"), 2, 0, 0);
    Files.createDirectories(list.resolveSibling(""));
    Files.write(list, new byte[] {(byte) 0xff, '\n'});
    assertThatThrownBy(() -> DataSets.open("voc:" + folder + ":train", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(list + ": cannot be read (MalformedInputException)");
  }

  @Test
  void mappedMasksReachTheLoader() throws IOException {
    image(folder.resolve("images/training/a.jpg"), 3, 1);
    grey(folder.resolve("annotations/training/a.png"), 3, 0, 1, 150);
    DataSet data = open("ade20k", ":training");
    NetworkCard card = NetworkCard.fromYaml(adeCard(data), "card");
    Preprocessor preprocessor = new Preprocessor(card, new Size(1, 3));
    try (ImageLoader loader = new ImageLoader(data.samples(), preprocessor, false)) {
      assertThat(Objects.requireNonNull(loader.next().labels()).values())
          .containsExactly(-1, 0, 149);
    }
  }

  private static String adeCard(DataSet data) {
    return "categories: [\"%s\"]%nmasks: {ignore: [255]}%n"
        .formatted(String.join("\", \"", categories(data)));
  }
}
