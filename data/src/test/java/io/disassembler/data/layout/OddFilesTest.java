package io.disassembler.data.layout;

import static io.disassembler.data.layout.LayoutFiles.colors;
import static io.disassembler.data.layout.LayoutFiles.grey;
import static io.disassembler.data.layout.LayoutFiles.image;
import static io.disassembler.data.layout.LayoutFiles.logged;
import static io.disassembler.data.layout.LayoutFiles.names;
import static io.disassembler.data.layout.LayoutFiles.palette;
import static io.disassembler.data.layout.LayoutFiles.text;
import static io.disassembler.data.layout.LayoutFiles.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.DataSet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public layouts with the small changes that they meet in practice. */
class OddFilesTest {
  @TempDir private Path folder = Path.of("");

  private DataSet open(String layout, String more) {
    return DataSets.open(layout + ":" + folder + more, null);
  }

  private void voc(String... names) throws IOException {
    for (String name : names) {
      image(folder.resolve("JPEGImages/" + name + ".jpg"), 2, 1);
      palette(folder.resolve("SegmentationClass/" + name + ".png"), 2, 0, 15);
    }
  }

  private void list(byte[] text) throws IOException {
    Path list = folder.resolve("ImageSets/Segmentation/val.txt");
    Files.createDirectories(list.resolveSibling(""));
    Files.write(list, text);
  }

  @Test
  void imagesOfEveryExtensionAreFound() throws IOException {
    Path images = folder.resolve("images/training");
    for (String name : List.of("a.jpg", "b.JPG", "c.jpeg", "d.png", "e.JPEG")) {
      image(images.resolve(name), 2, 1);
      grey(folder.resolve("annotations/training/" + name.charAt(0) + ".png"), 2, 1, 0);
    }
    text(images.resolve("Thumbs.db"), "");
    text(images.resolve("._a.jpg"), "");
    Files.move(
        folder.resolve("annotations/training/d.png"), folder.resolve("annotations/training/d.PNG"));
    assertThat(logged(() -> assertThat(names(open("ade20k", ":training"))).hasSize(5))).isEmpty();
  }

  @Test
  void imagesWithoutAMaskAreLeftOutAndCounted() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      image(folder.resolve("images/training/" + name + ".jpg"), 2, 1);
    }
    grey(folder.resolve("annotations/training/b.png"), 2, 1, 0);
    assertThat(logged(() -> assertThat(names(open("ade20k", ":training"))).containsExactly("b")))
        .contains("3 images found, 1 taken, 2 left out: 2 without a mask in")
        .contains("(the first: a)");
    Files.delete(folder.resolve("annotations/training/b.png"));
    assertThatThrownBy(() -> open("ade20k", ":training"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("has no mask of any of the images");
  }

  @Test
  void trainIdsOfCityscapesAreTakenWhereThereAreNoLabelIds() throws IOException {
    for (String name : List.of("a", "b")) {
      image(folder.resolve("leftImg8bit/val/x/" + name + "_leftImg8bit.png"), 2, 1);
      grey(folder.resolve("gtFine/val/x/" + name + "_gtFine_labelTrainIds.png"), 2, 13, 255);
    }
    grey(folder.resolve("gtFine/val/x/b_gtFine_labelIds.png"), 2, 26, 0);
    DataSet data = open("cityscapes", ":val");
    assertThat(values(data, 0)).containsExactly(13, 255);
    assertThat(values(data, 1)).containsExactly(13, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void byteOrderMarksOfListsAreSkipped(String charset) throws IOException {
    voc("a", "\u00e4");
    list("\ufeff\u00e4\r\na\r\n".getBytes(Charset.forName(charset)));
    assertThat(names(open("voc", ":val"))).containsExactly("a", "\u00e4");
  }

  @Test
  void linesMayHaveExtensionsAndFlags() throws IOException {
    voc("a", "b", "c d");
    list("b.jpg\na  -1\nc d\n".getBytes(StandardCharsets.UTF_8));
    assertThat(names(open("voc", ":val"))).containsExactly("a", "b", "c d");
  }

  @Test
  void whatIsListedTwiceCountsOnce() throws IOException {
    voc("a", "b");
    list("a\na\nb\na\n".getBytes(StandardCharsets.UTF_8));
    assertThat(logged(() -> assertThat(names(open("voc", ":val"))).containsExactly("a", "b")))
        .contains("4 images found, 2 taken, 2 left out: 2 listed twice (the first: a)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/passwd", "a/../../secret"})
  void listsCannotPointOutsideTheDataSet(String name) throws IOException {
    voc("a");
    list((name + "\n").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> open("voc", ":val"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("val.txt: names the file '" + name + "', which is outside");
  }

  /** Person, aeroplane and the border of objects, as the development kit colours them. */
  @Test
  void masksOfVocThatWereMadeRgbGoByTheirColours() throws IOException {
    voc("a", "b");
    list("a\nb\n".getBytes(StandardCharsets.UTF_8));
    Path mask = folder.resolve("SegmentationClass/a.png");
    colors(mask, 4, 0xc08080, 0x800000, 0xe0e0c0, 0x000000);
    DataSet data = open("voc", ":val");
    assertThat(values(data, 0)).containsExactly(15, 1, 255, 0);
    assertThat(values(data, 1)).containsExactly(0, 15);
    colors(mask, 2, 0xc08080, 0xc08081);
    assertThatThrownBy(() -> values(data, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found 2 colours: #c08080 (50.0 %), #c08081 (50.0 %)");
  }
}
