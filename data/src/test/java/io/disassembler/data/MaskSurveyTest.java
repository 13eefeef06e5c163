package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of 4 x 6 pixels (height x width). */
class MaskSurveyTest {
  private static final NetworkCard CARD = NetworkCard.unnamed(3);

  private final List<Sample> samples = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  private Path add(String name, BufferedImage mask) throws IOException {
    Path image = TestImages.image(folder.resolve(name + ".bmp"));
    Path file = TestImages.write(folder.resolve(name + ".png"), mask);
    samples.add(new Sample(name, image, file));
    return file;
  }

  private static BufferedImage grey(int height, int width, int value) {
    int[] values = new int[height * width];
    values[0] = value;
    return TestImages.band(width, BufferedImage.TYPE_BYTE_GRAY, values);
  }

  /** Indices 0, 1 and 2 with black and two colours. */
  private static BufferedImage palette(int first, int second) {
    int[] colors = {0, first, second};
    BufferedImage image =
        new BufferedImage(
            6,
            4,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 3, colors, 0, false, -1, 0));
    int[] indices = new int[24];
    indices[4] = 1;
    indices[9] = 2;
    image.getRaster().setSamples(0, 0, 6, 4, 0, indices);
    return image;
  }

  private static BufferedImage colors(int... rest) {
    BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(0, 0, rest.length, 1, rest, 0, rest.length);
    return image;
  }

  @Test
  void palettesThatDifferAreRefusedUnlessTheCardGoesByColour() throws IOException {
    Path first = add("a", palette(0xc80000, 0x00c800));
    add("b", palette(0xc80000, 0x00c800));
    MaskSurvey.require(samples, CARD);
    Path third = add("c", palette(0x00c800, 0xc80000));
    assertThatThrownBy(() -> MaskSurvey.require(samples, CARD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            first
                + " and "
                + third
                + ": their palettes differ: 1 is #c80000 in the first and #00c800 in the second, so numbers mean different things; say in the network card what the colours mean, in the order of its categories: masks: {values: [\"#000000\", \"#00c800\", \"#c80000\"], ignore: []}");
    MaskSurvey.require(
        samples,
        NetworkCard.fromYaml(
            "{categories: [a, b, c], masks: {values: [\"#000000\", \"#00c800\", \"#c80000\"]}}",
            "card"));
  }

  @Test
  void coloursWithoutALegendAreListedOverAllMasks() throws IOException {
    add("a", grey(4, 6, 1));
    Path first = add("b", colors(0xff0000, 0xff0000));
    add("c", colors(0x0000ff));
    assertThatThrownBy(() -> MaskSurvey.require(samples, CARD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            first
                + " and 1 more: expected a mask of category numbers, found 3 colours: #000000 (93.8 %), #ff0000 (4.2 %), #0000ff (2.1 %); say in the network card what they mean, in the order of its categories: masks: {values: [\"#000000\", \"#ff0000\", \"#0000ff\"], ignore: []}");
  }

  @Test
  void allMasksAreLookedAtForValuesWithoutAMeaning() throws IOException {
    add("a", grey(4, 6, 1));
    Path first = add("b", grey(4, 6, 9));
    add("c", grey(4, 6, 8));
    assertThatThrownBy(() -> MaskSurvey.require(samples, CARD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            first
                + ": value 9 (1 of 24 pixels) means none of the network's 3 categories; list it under masks.ignore or masks.values in the network card; 2 of 3 masks are like that");
  }

  @Test
  void masksOfAnotherSizeAreResizedAndThatIsSaid() throws IOException {
    add("a", grey(4, 6, 0));
    Path small = add("b", grey(2, 3, 1));
    Path odd = add("c", grey(9, 13, 1));
    String log = TestImages.logged(() -> MaskSurvey.require(samples, CARD));
    assertThat(log)
        .contains(
            small
                + ": 2 of 3 masks are of another size than their image (this one is 2 x 3 (height x width), its image 4 x 6 (height x width)); they are resized to their image's by nearest neighbour");
    try (ImageLoader loader =
        new ImageLoader(samples, new Preprocessor(CARD, new Size(4, 6)), false)) {
      assertThat(Objects.requireNonNull(loader.next().labels()).values()).containsOnly(0);
      // The upper left pixel of 2 x 3 becomes 2 x 2 pixels of 4 x 6.
      assertThat(Objects.requireNonNull(loader.next().labels()).values())
          .containsExactly(1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      assertThat(Objects.requireNonNull(loader.next().labels()).values()).hasSize(24);
    }
    Files.delete(odd);
    samples.remove(2);
    Path wide = add("d", grey(4, 12, 1));
    assertThatThrownBy(() -> MaskSurvey.require(samples, CARD))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(wide + ": expected a mask as large as its image")
        .hasMessageEndingWith("or of its proportions, found 4 x 12 (height x width)");
  }

  @Test
  void damagedFilesAreLeftToTheLoader() throws IOException {
    add("a", grey(4, 6, 0));
    samples.add(
        new Sample("b", folder.resolve("none.png"), TestImages.broken(folder.resolve("m.png"))));
    samples.add(new Sample("c", folder.resolve("none.png"), samples.get(0).mask()));
    samples.add(new Sample("d", folder.resolve("none.png"), null));
    assertThat(TestImages.logged(() -> MaskSurvey.require(samples, CARD))).isEmpty();
  }
}
