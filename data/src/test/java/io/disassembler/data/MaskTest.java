package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
