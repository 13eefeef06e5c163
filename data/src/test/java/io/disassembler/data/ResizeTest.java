package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
  // What Pillow 12.3 gives for the 5 x 7 pattern.
  private static final int[] PILLOW_3_BY_4 = {
    65, 113, 159, 140, 136, 112, 107, 160, 126, 93, 146, 132, 119, 146, 137, 117, 129, 138, 149,
    128, 124, 117, 163, 115, 118, 124, 177, 140, 130, 152, 147, 129, 130, 121, 112, 118
  };
  private static final int[] PILLOW_2_BY_3 = {106, 121, 112, 120, 145, 124};
  private static final int[] PILLOW_2_BY_7 = {
    37, 135, 163, 75, 161, 96, 101, 111, 142, 91, 191, 117, 159, 85
  };
  private static final int[] PILLOW_6_BY_9 = {
    0, 61, 131, 145, 17, 88, 159, 144, 34, 28, 92, 167, 185, 61, 135, 104, 72, 93, 59, 126, 140,
    112, 109, 188, 125, 91, 159, 89, 162, 132, 73, 157, 158, 135, 117, 118, 120, 154, 135, 117, 206,
    95, 126, 130, 35, 148, 57, 64, 156, 249, 142, 178, 185, 94
  };

  private final Bitmap pattern = TestImages.pattern(5, 7);

  @Test
  void bilinearEqualsPillow() {
    assertThat(samples(resize(pattern, 3, 4))).containsExactly(PILLOW_3_BY_4);
    assertThat(red(resize(pattern, 2, 3))).containsExactly(PILLOW_2_BY_3);
    assertThat(red(resize(pattern, 2, 7))).containsExactly(PILLOW_2_BY_7);
    assertThat(red(resize(pattern, 6, 9))).containsExactly(PILLOW_6_BY_9);
    assertThat(samples(resize(pattern, 1, 1))).containsExactly(123, 136, 134);
  }

  @Test
  void bilinearWeighsByTheTriangleClippedAtTheBorder() {
    // Two outputs of five inputs: scale 2.5, centres 1.25 and 3.75, support 2.5. The first output
    // sees the inputs at 0.5, 1.5, 2.5, 3.5, weighted 1 - |position - 1.25| / 2.5.
    double[] weights = {1 - 0.75 / 2.5, 1 - 0.25 / 2.5, 1 - 1.25 / 2.5, 1 - 2.25 / 2.5};
    int[] inputs = {10, 200, 40, 90, 250};
    double first = 0;
    double last = 0;
    for (int i = 0; i < weights.length; i++) {
      first += weights[i] * inputs[i];
      last += weights[i] * inputs[4 - i];
    }
    double total = Arrays.stream(weights).sum();
    int[] expected = {(int) Math.round(first / total), (int) Math.round(last / total)};

    assertThat(samples(resize(gray(1, 5, inputs), 1, 2))).containsExactly(expected);
    assertThat(samples(resize(gray(5, 1, inputs), 2, 1))).containsExactly(expected);
  }

  @Test
  void bilinearInterpolatesBetweenNeighboursWhenItEnlarges() {
    assertThat(samples(resize(gray(1, 2, 0, 100), 1, 4))).containsExactly(0, 25, 75, 100);
  }

  @Test
  void bilinearAtTheSameSizeChangesNothing() {
    assertThat(resize(pattern, 5, 7).samples()).isEqualTo(pattern.samples());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 50", "50, 3", "2, 2", "13, 17", "100, 100"})
  void bilinearKeepsConstantImagesConstant(int height, int width) {
    int[] white = new int[17 * 13];
    Arrays.fill(white, 255);
    assertThat(samples(resize(gray(17, 13, white), height, width)))
        .hasSize(height * width)
        .containsOnly(255);
  }

  @Test
  void onePixelFillsAnySize() {
    assertThat(samples(resize(gray(1, 1, 77), 4, 3))).hasSize(12).containsOnly(77);
  }

  @Test
  void bilinearAveragesAwayWhatIsFinerThanAPixel() {
    int[] stripes = IntStream.range(0, 64).map(i -> i % 2 * 255).toArray();
    assertThat(IntStream.of(samples(resize(gray(1, 64, stripes), 1, 8))))
        .allSatisfy(sample -> assertThat(sample).isBetween(120, 135));
  }

  @Test
  void nearestEqualsPillow() {
    int[] values = IntStream.range(0, 35).toArray();
    assertThat(NearestResize.resize(values, new Size(5, 7), new Size(3, 4)))
        .containsExactly(0, 2, 4, 6, 14, 16, 18, 20, 28, 30, 32, 34);
    // Output 3 lies in the middle between both inputs; Pillow takes the first.
    assertThat(NearestResize.resize(new int[] {0, 1}, new Size(1, 2), new Size(1, 7)))
        .containsExactly(0, 0, 0, 0, 1, 1, 1);
  }

  @Test
  void nearestTakesThePixelUnderTheCentreOfTheOutput() {
    int[] values = {5, 6, 7, 8};
    assertThat(NearestResize.resize(values, new Size(1, 4), new Size(1, 2))).containsExactly(6, 8);
    assertThat(NearestResize.resize(values, new Size(2, 2), new Size(4, 4)))
        .containsExactly(5, 5, 6, 6, 5, 5, 6, 6, 7, 7, 8, 8, 7, 7, 8, 8);
    assertThat(NearestResize.resize(values, new Size(2, 2), new Size(1, 1))).containsExactly(8);
    assertThat(NearestResize.resize(values, new Size(2, 2), new Size(2, 2)))
        .containsExactly(values);
  }

  private static Bitmap resize(Bitmap image, int height, int width) {
    return BilinearResize.resize(image, new Size(height, width));
  }

  private static Bitmap gray(int height, int width, int... samples) {
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) samples[i];
    }
    return new Bitmap(new Size(height, width), 1, bytes);
  }

  private static int[] samples(Bitmap image) {
    return IntStream.range(0, image.samples().length).map(i -> image.samples()[i] & 0xff).toArray();
  }

  private static int[] red(Bitmap image) {
    int[] samples = samples(image);
    return IntStream.range(0, samples.length / 3).map(i -> samples[3 * i]).toArray();
  }
}
