package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static final NetworkCard CARD =
      NetworkCard.fromYaml(
          "{categories: [road, car], masks: {values: [[0, 7], 300], ignore: [255]}}", "card");

  private final Path folder;

  MaskTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.bmp", "a.tiff"})
  void greyMasksGiveTheirValues(String name) throws IOException {
    Path file = TestImages.mask(folder.resolve(name), 3, 0, 1, 2, 10, 11, 255);
    Mask mask = Mask.read(file);
    assertThat(mask.size()).isEqualTo(new Size(2, 3));
    assertThat(mask.values()).containsExactly(0, 1, 2, 10, 11, 255);
  }

  @ParameterizedTest
  @CsvSource({"8, png", "4, png", "2, png", "8, bmp", "8, tiff"})
  void paletteMasksGiveTheIndexNotTheColour(int bits, String format) throws IOException {
    BufferedImage image = TestImages.palette(3, bits, 0, 1, 2, 3, 2, 1);
    Path file = TestImages.write(folder.resolve("a." + format), image);
    assertThat(Mask.read(file).values()).containsExactly(0, 1, 2, 3, 2, 1);
  }

  /** Of six rows: the JDK loses rows of interlaced GIF files of two to four. */
  @Test
  void gifMasksGiveTheIndex() throws IOException {
    BufferedImage image = TestImages.palette(1, 8, 0, 1, 2, 3, 2, 1);
    Path file = TestImages.write(folder.resolve("a.gif"), image);
    assertThat(Mask.read(file).values()).containsExactly(0, 1, 2, 3, 2, 1);
  }

  @Test
  void sixteenBitAndOneBitMasksGiveTheirValues() throws IOException {
    BufferedImage deep = TestImages.band(3, BufferedImage.TYPE_USHORT_GRAY, 0, 300, 65535);
    assertThat(Mask.read(TestImages.write(folder.resolve("a.png"), deep)).values())
        .containsExactly(0, 300, 65535);
    BufferedImage flat = TestImages.band(3, BufferedImage.TYPE_BYTE_BINARY, 0, 1, 1);
    assertThat(Mask.read(TestImages.write(folder.resolve("b.png"), flat)).values())
        .containsExactly(0, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_ARGB})
  void masksOfEqualColoursGiveTheirValues(int type) throws IOException {
    BufferedImage image = new BufferedImage(2, 1, type);
    image.setRGB(0, 0, 0xff000000);
    image.setRGB(1, 0, 0xff070707);
    Path file = TestImages.write(folder.resolve("a.png"), image);
    assertThat(Mask.read(file).values()).containsExactly(0, 7);
  }

  @Test
  void masksOfColoursAreRefusedWithTheLegendToWrite() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(2, 1, 0xff800080);
    Mask mask = Mask.read(TestImages.write(folder.resolve("a.png"), image));
    assertThatThrownBy(mask::values)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            mask.file()
                + ": expected a mask of numbers, found 2 colours: #000000 (83.3 %), #800080 (16.7 %); say in the network card what they mean, in the order of its categories: masks: {values: [\"#000000\", \"#800080\"], ignore: []}");
  }

  @Test
  void anUndecodableMaskIsBroken() throws IOException {
    Path file = Files.writeString(folder.resolve("a.png"), "no image");
    assertThatThrownBy(() -> Mask.read(file)).isInstanceOf(BrokenImageException.class);
  }

  @Test
  void valuesBecomeCategoriesAsTheCardSays() throws IOException {
    BufferedImage deep = TestImages.band(4, BufferedImage.TYPE_USHORT_GRAY, 0, 7, 300, 255);
    Mask mask = Mask.read(TestImages.write(folder.resolve("a.png"), deep));
    assertThat(new MaskLabels(CARD).labels(mask)).containsExactly(0, 0, 1, -1);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "301, 3"})
  void aValueWithoutAMeaningIsRefusedWithItsCountAndWhatToDo(int value, int times)
      throws IOException {
    int[] values = new int[8];
    for (int i = 0; i < times; i++) {
      values[2 * i + 1] = value;
    }
    BufferedImage image = TestImages.band(4, BufferedImage.TYPE_USHORT_GRAY, values);
    Path file = TestImages.write(folder.resolve("a.png"), image);
    Mask mask = Mask.read(file);
    assertThatThrownBy(() -> new MaskLabels(CARD).labels(mask))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file + ": value %d (%d of 8 pixels)".formatted(value, times))
        .hasMessageContaining("masks.ignore");
  }

  /** The bits of WhiteIsZero are the other way round, the picture is the same. */
  @ParameterizedTest
  @CsvSource({"1, 0, 0x5f, 1 0 1 0", "1, 1, 0xa0, 1 0 1 0", "4, 0, 0xfc3f, 0 3 12 0"})
  void greyOfFewBitsGivesWhatIsSeen(int bits, int photometric, String data, String expected)
      throws IOException {
    int number = Integer.decode(data);
    byte[] samples = {(byte) (bits == 1 ? number : number >> 8), (byte) number};
    Path file =
        Tiff.of(4, 1, bits)
            .photometric(photometric)
            .page(bits == 1 ? new byte[] {samples[0]} : samples)
            .write(folder.resolve("a.tif"));
    assertThat(Mask.read(file).values())
        .containsExactly(
            Arrays.stream(expected.split(" ", -1)).mapToInt(Integer::parseInt).toArray());
  }

  @Test
  void twoPagesAreRefused() throws IOException {
    Path file = Tiff.of(1, 1, 8).page((byte) 0).page((byte) 1).write(folder.resolve("a.tif"));
    assertThatThrownBy(() -> Mask.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ": has 2 pages; expected a mask of one page; save the page that holds the categories by itself");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xffffff, 0x000000})
  void valuesInTheAlphaChannelAloneAreRefused(int color) throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x01000000 | color);
    image.setRGB(1, 0, 0x02000000 | color);
    Path file = TestImages.write(folder.resolve("a.png"), image);
    assertThatThrownBy(() -> Mask.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ": its colour is the same everywhere and only its alpha channel varies; save the alpha channel as a grey mask");
  }

  @Test
  void negativeValuesMeanNothingUnlessTheCardIgnoresThem() throws IOException {
    Path file = Tiff.of(3, 1, 32).format(2).page32(0, -1, 300).write(folder.resolve("a.tif"));
    Mask mask = Mask.read(file);
    assertThatThrownBy(() -> new MaskLabels(CARD).labels(mask))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": value -1 (1 of 3 pixels) means none");
    NetworkCard ignoring =
        NetworkCard.fromYaml(
            "{categories: [road, car], masks: {values: [0, 300], ignore: [-1]}}", "card");
    assertThat(new MaskLabels(ignoring).labels(mask)).containsExactly(0, -1, 1);
    NetworkCard one = NetworkCard.fromYaml("{categories: [car], masks: {values: [300]}}", "card");
    assertThatThrownBy(() -> new MaskLabels(one).labels(mask)).hasMessageContaining("value -1");
  }

  @Test
  void wholeNumbersAreTakenAndFractionsRefused() throws IOException {
    Tiff tiff = Tiff.of(2, 1, 32).format(3);
    int seven = Float.floatToIntBits(7);
    int half = Float.floatToIntBits(0.5f);
    Path whole = tiff.page32(seven, 0).write(folder.resolve("a.tif"));
    assertThat(Mask.read(whole).values()).containsExactly(7, 0);
    Path fraction = tiff.page32(seven, half).write(folder.resolve("b.tif"));
    assertThatThrownBy(() -> Mask.read(fraction))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            fraction
                + ": expected category numbers, found value 0.5; 1 of 2 pixels are no whole numbers; convert the mask to whole numbers");
  }

  @Test
  void numbersOfInstancesAreCalledSo() throws IOException {
    BufferedImage image = TestImages.band(3, BufferedImage.TYPE_USHORT_GRAY, 0, 24001, 26003);
    Mask mask = Mask.read(TestImages.write(folder.resolve("a_instanceIds.png"), image));
    assertThatThrownBy(() -> new MaskLabels(CARD).labels(mask))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("value 24001 (1 of 3 pixels)")
        .hasMessageContaining("looks like the number of an instance (there are 2 such values");
  }

  @Test
  void labelIdsOfCityscapesAreCalledSo() throws IOException {
    Mask mask = Mask.read(TestImages.mask(folder.resolve("a_gtFine_labelIds.png"), 2, 7, 26));
    assertThatThrownBy(() -> new MaskLabels(NetworkCard.unnamed(19)).labels(mask))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("value 26 (1 of 2 pixels)")
        .hasMessageContaining("Cityscapes' label ids; open the data set as cityscapes:DIR:SPLIT");
  }

  /** Numbers of a palette, and grey, count by colour too if the card says so. */
  @Test
  void aLegendWithColoursGoesByColour() throws IOException {
    NetworkCard card =
        NetworkCard.fromYaml(
            """
            categories: [road, car]
            masks: {values: ["#C76507", ["#c86400", "#808080"]], ignore: ["#00ff00"]}
            """,
            "card");
    MaskLabels labels = new MaskLabels(card);
    Path palette = TestImages.write(folder.resolve("p.png"), TestImages.palette(3, 8, 1, 0, 1));
    assertThat(labels.labels(Mask.read(palette))).containsExactly(0, 1, 0);
    Path more = TestImages.write(folder.resolve("q.png"), TestImages.palette(3, 8, 1, 2, 1));
    assertThatThrownBy(() -> labels.labels(Mask.read(more)))
        .hasMessageContaining("colour #c6660e (1 of 3 pixels) means none");
    BufferedImage rgb = new BufferedImage(4, 1, BufferedImage.TYPE_3BYTE_BGR);
    rgb.setRGB(0, 0, 4, 1, new int[] {0xc76507, 0xc86400, 0x808080, 0x00ff00}, 0, 4);
    assertThat(labels.labels(Mask.read(TestImages.write(folder.resolve("c.png"), rgb))))
        .containsExactly(0, 1, 1, -1);
    Path grey = TestImages.mask(folder.resolve("g.png"), 2, 128, 128);
    assertThat(labels.labels(Mask.read(grey))).containsExactly(1, 1);
    assertThat(NetworkCard.fromYaml(card.toYaml(), "card")).isEqualTo(card);
    assertThat(card.restrictedTo(List.of(1)).toYaml()).contains("#c76507", "#808080");
  }

  @Test
  void smoothedEdgesAreSaid() throws IOException {
    BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        // One pixel of each of 200 colours between black and red.
        image.setRGB(x, y, x < 100 ? 0 : x == 100 ? (y + 20) << 16 | 0x01 : 0xff0000);
      }
    }
    Mask mask = Mask.read(TestImages.write(folder.resolve("a.png"), image));
    assertThatThrownBy(mask::values)
        .hasMessageContaining(
            "found 202 colours: #000000 (50.0 %), #ff0000 (49.5 %); 200 more occur in less than 0.1 %")
        .hasMessageContaining("anti-aliased")
        .hasMessageContaining("masks: {values: [\"#000000\", \"#ff0000\"], ignore: []}");
  }

  @Test
  void aPhotographIsNoMask() throws IOException {
    Path file = folder.resolve("a.png");
    BufferedImage image = new BufferedImage(200, 200, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 40000; i++) {
      image.setRGB(i % 200, i / 200, 400 * i);
    }
    Mask mask = Mask.read(TestImages.write(file, image));
    assertThatThrownBy(mask::values)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ": expected a mask of numbers, found more than 1000 colours, none in more than 0.1 % of the pixels, as in a photograph");
  }
}
