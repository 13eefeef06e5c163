package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final Bitmap PATTERN = TestImages.pattern(5, 7);

  private final Path folder;

  ImageDecoderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "a.png," + BufferedImage.TYPE_3BYTE_BGR,
    "a.png," + BufferedImage.TYPE_INT_RGB,
    "a.png," + BufferedImage.TYPE_INT_ARGB,
    "a.png," + BufferedImage.TYPE_4BYTE_ABGR,
    "a.bmp," + BufferedImage.TYPE_3BYTE_BGR,
    "a.tiff," + BufferedImage.TYPE_3BYTE_BGR,
    "a.tiff," + BufferedImage.TYPE_4BYTE_ABGR,
  })
  void losslessFormatsGiveTheirExactColours(String name, int type) throws IOException {
    Path file = TestImages.write(folder.resolve(name), TestImages.buffered(PATTERN, type));
    Bitmap decoded = ImageDecoder.decode(file);
    assertThat(decoded.size()).isEqualTo(new Size(5, 7));
    assertThat(decoded.samples()).isEqualTo(PATTERN.samples());
  }

  @Test
  void imagesWithMorePixelsThanAllowedAreRefused() throws IOException {
    Path file =
        TestImages.write(
            folder.resolve("a.png"), TestImages.buffered(PATTERN, BufferedImage.TYPE_INT_RGB));

    assertThat(ImageDecoder.decode(file, 35).samples()).isEqualTo(PATTERN.samples());
    assertThatThrownBy(() -> ImageDecoder.decode(file, 34))
        .isInstanceOf(BrokenImageException.class)
        .hasMessage("5 x 7 pixels (height x width) are more than the 34 that an image may have");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR
      })
  void everyLayoutOfColoursInMemoryGivesTheSame(int type) throws IOException {
    Bitmap decoded = ImageDecoder.toRgb(TestImages.buffered(PATTERN, type));
    assertThat(decoded.samples()).isEqualTo(PATTERN.samples());
  }

  @Test
  void transparencyIsDroppedNotBlended() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x01c86432);
    Bitmap decoded = ImageDecoder.decode(TestImages.write(folder.resolve("a.png"), image));
    assertThat(pixel(decoded, 0)).containsExactly(200, 100, 50);
  }

  @Test
  void greyIsRepeatedWithoutGammaCorrection() throws IOException {
    BufferedImage image = TestImages.band(3, BufferedImage.TYPE_BYTE_GRAY, 0, 100, 255);
    Bitmap decoded = ImageDecoder.decode(TestImages.write(folder.resolve("a.png"), image));
    assertThat(pixel(decoded, 1)).containsExactly(100, 100, 100);
    assertThat(pixel(decoded, 2)).containsExactly(255, 255, 255);
  }

  @Test
  void sixteenBitsKeepTheUpperEight() throws IOException {
    BufferedImage image = TestImages.band(2, BufferedImage.TYPE_USHORT_GRAY, 0xc8ff, 0x0100);
    Bitmap decoded = ImageDecoder.decode(TestImages.write(folder.resolve("a.png"), image));
    assertThat(pixel(decoded, 0)).containsExactly(200, 200, 200);
    assertThat(pixel(decoded, 1)).containsExactly(1, 1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void palettesGiveTheirColours(int bits) throws IOException {
    BufferedImage image = TestImages.palette(3, bits, 0, 1, 2, 3, 2, 1);
    Bitmap decoded = ImageDecoder.decode(TestImages.write(folder.resolve("a.png"), image));
    assertThat(pixel(decoded, 3)).containsExactly(197, 103, 21);
  }

  @Test
  void jpegsComeCloseToWhatWasWritten() throws IOException {
    byte[] gray = new byte[16 * 16 * 3];
    Arrays.fill(gray, (byte) 90);
    Bitmap flat = new Bitmap(new Size(16, 16), 3, gray);
    Path file =
        TestImages.write(
            folder.resolve("a.jpg"), TestImages.buffered(flat, BufferedImage.TYPE_3BYTE_BGR));
    assertThat(ImageDecoder.decode(file).sample(8, 8, 1)).isCloseTo(90, within(2));
  }

  @Test
  void cmykJpegsAreConverted() throws IOException {
    Path file = Files.write(folder.resolve("a.jpg"), TestImages.CMYK_JPEG);
    int[] red = pixel(ImageDecoder.decode(file), 27);
    assertThat(red[0]).isGreaterThan(200);
    assertThat(red[1]).isLessThan(60);
    assertThat(red[2]).isLessThan(60);
  }

  @Test
  void webPIsReadWhateverTheFileIsCalled() throws IOException {
    Path file = Files.write(folder.resolve("a.jpg"), TestImages.LOSSLESS_WEBP);
    Bitmap decoded = ImageDecoder.decode(file);
    assertThat(decoded.size()).isEqualTo(new Size(2, 3));
    assertThat(pixel(decoded, 1)).containsExactly(0, 255, 0);
    assertThat(pixel(decoded, 5)).containsExactly(70, 80, 90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp", "tiff"})
  void truncatedFilesAreBroken(String format) throws IOException {
    Path whole =
        TestImages.write(
            folder.resolve("whole." + format),
            TestImages.buffered(TestImages.pattern(64, 64), BufferedImage.TYPE_3BYTE_BGR));
    byte[] bytes = Files.readAllBytes(whole);
    Path half = Files.write(folder.resolve("half"), Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(ImageDecoder.decode(whole).size()).isEqualTo(new Size(64, 64));
    assertThatThrownBy(() -> ImageDecoder.decode(half))
        .isInstanceOf(BrokenImageException.class)
        .message()
        .isNotBlank()
        .hasLineCount(1);
  }

  @Test
  void whatIsNoImageIsBroken() throws IOException {
    Path text = TestImages.broken(folder.resolve("a.jpg"));
    assertThatThrownBy(() -> ImageDecoder.decode(text))
        .isInstanceOf(BrokenImageException.class)
        .hasMessage("not an image of a known format");
    Path empty = Files.createFile(folder.resolve("b.jpg"));
    assertThatThrownBy(() -> ImageDecoder.decode(empty))
        .isInstanceOf(BrokenImageException.class)
        .hasMessage("the file is empty");
    assertThatThrownBy(() -> ImageDecoder.decode(folder.resolve("none.jpg")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp", "tiff", "webp"})
  void thereIsAReaderForEveryFormat(String format) {
    assertThat(ImageIO.getImageReadersByFormatName(format)).toIterable().isNotEmpty();
  }

  private static int[] pixel(Bitmap image, int index) {
    int row = index / image.size().width();
    int column = index % image.size().width();
    return new int[] {
      image.sample(row, column, 0), image.sample(row, column, 1), image.sample(row, column, 2)
    };
  }
}
