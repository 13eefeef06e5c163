package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreprocessorTest {
  private static final Size SIZE = new Size(1, 2);
  private static final Offset<Float> EXACT = Offset.offset(1e-6f);
  private static final Bitmap TWO_PIXELS =
      new Bitmap(SIZE, 3, new byte[] {10, 20, 30, 40, 50, (byte) 250});

  private final Path folder;

  PreprocessorTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void pixelsAreScaledCentredAndLaidOutInPlanes() {
    Preprocessor preprocessor = new Preprocessor(card(ColorOrder.RGB), SIZE);
    assertThat(preprocessor.channels()).isEqualTo(3);
    assertThat(preprocessor.pixels(TWO_PIXELS))
        .containsExactly(
            new float[] {
              (0.1f - 1) / 2,
              (0.4f - 1) / 2,
              (0.2f - 2) / 4,
              (0.5f - 2) / 4,
              (0.3f - 3) / 8,
              (2.5f - 3) / 8
            },
            EXACT);
  }

  @Test
  void blueComesFirstWhereTheCardSaysSo() {
    assertThat(new Preprocessor(card(ColorOrder.BGR), SIZE).pixels(TWO_PIXELS))
        .containsExactly(
            new float[] {
              (0.3f - 1) / 2,
              (2.5f - 1) / 2,
              (0.2f - 2) / 4,
              (0.5f - 2) / 4,
              (0.1f - 3) / 8,
              (0.4f - 3) / 8
            },
            EXACT);
  }

  @Test
  void greyNetworksGetTheLuma() {
    Preprocessor preprocessor = new Preprocessor(card(ColorOrder.GRAY), SIZE);
    // 0.299 * 10 + 0.587 * 20 + 0.114 * 30 = 18.15; 0.299 * 40 + 0.587 * 50 + 0.114 * 250 = 69.81
    assertThat(preprocessor.pixels(TWO_PIXELS))
        .containsExactly(new float[] {(0.18f - 1) / 2, (0.70f - 1) / 2}, EXACT);
  }

  @Test
  void imagesAreResizedAntialiased() {
    Bitmap pattern = TestImages.pattern(5, 7);
    float[] pixels = new Preprocessor(NetworkCard.unnamed(1), new Size(3, 4)).pixels(pattern);
    assertThat(pixels).hasSize(3 * 12);
    assertThat(pixels[0]).isCloseTo(65 / 255f, EXACT);
    assertThat(pixels[12 + 5]).isCloseTo(129 / 255f, EXACT);
  }

  @Test
  void labelsAreResizedByNearest() throws IOException {
    Mask mask = Mask.read(TestImages.mask(folder.resolve("a.png"), 4, 0, 1, 2, 2, 0, 1, 2, 2));
    assertThat(new Preprocessor(NetworkCard.unnamed(3), SIZE).labels(mask)).containsExactly(1, 2);
  }

  @Test
  void aValueWithoutAMeaningIsRefusedEvenWhereResizingDropsIt() throws IOException {
    Mask mask = Mask.read(TestImages.mask(folder.resolve("a.png"), 4, 9, 1, 2, 2, 0, 1, 2, 2));
    Preprocessor preprocessor = new Preprocessor(NetworkCard.unnamed(3), SIZE);
    assertThatThrownBy(() -> preprocessor.labels(mask))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("value 9 (1 of 8 pixels)");
  }

  private static NetworkCard card(ColorOrder color) {
    int channels = color.channels();
    return new NetworkCard(
        List.of("a"),
        color,
        100,
        List.of(1.0, 2.0, 3.0).subList(0, channels),
        List.of(2.0, 4.0, 8.0).subList(0, channels),
        null,
        List.of(List.of(0)),
        List.of());
  }
}
