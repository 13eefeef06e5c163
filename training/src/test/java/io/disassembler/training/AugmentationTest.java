package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.data.Bitmap;
import io.disassembler.data.LabelledBitmap;
import io.disassembler.data.Size;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final Size SIZE = new Size(20, 30);

  /** Labels are the red channel, so that both can be seen to move together. */
  private static LabelledBitmap image() {
    byte[] samples = new byte[3 * SIZE.area()];
    int[] labels = new int[SIZE.area()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 100;
      samples[3 * i] = (byte) labels[i];
    }
    return new LabelledBitmap(new Bitmap(SIZE, 3, samples), labels);
  }

  @Test
  void labelsMoveWithTheirPixels() {
    Augmentation augmentation = new Augmentation(true, 0.7, 1.6, 0);
    boolean cropped = false;
    boolean padded = false;
    for (int index = 0; index < 40; index++) {
      LabelledBitmap changed = augmentation.forEpoch(1, 0).augment(index, image());
      Size size = changed.image().size();
      cropped |= size.height() < SIZE.height();
      padded |= size.height() > SIZE.height();
      int[] labels = java.util.Objects.requireNonNull(changed.labels());
      for (int i = 0; i < labels.length; i++) {
        int red = changed.image().samples()[3 * i] & 0xff;
        assertThat(labels[i]).isEqualTo(red == 114 ? LabelledBitmap.IGNORED : red);
      }
    }
    assertThat(cropped).isTrue();
    assertThat(padded).isTrue();
  }

  @Test
  void halfOfTheImagesAreMirrored() {
    Augmentation augmentation = new Augmentation(true, 1, 1, 0);
    long mirrored =
        IntStream.range(0, 400)
            .filter(
                index -> {
                  int[] labels =
                      java.util.Objects.requireNonNull(
                          augmentation.forEpoch(3, 2).augment(index, image()).labels());
                  assertThat(labels[0]).isIn(0, 29);
                  return labels[0] == 29;
                })
            .count();
    assertThat(mirrored).isBetween(160L, 240L);
  }

  @Test
  void brightnessChangesAllOfAGreyImageByOneFactor() {
    double[] factors = new double[300];
    for (int index = 0; index < factors.length; index++) {
      int[] changed = recolored(index, 0.3, 100, 100, 100, 100, 100, 100);
      assertThat(changed).containsOnly(changed[0]);
      factors[index] = changed[0] / 100.0;
    }
    requireSpread(factors, 0.7, 1.3, 0.01);
  }

  @Test
  void contrastMovesPixelsFromTheirMean() {
    double[] factors = new double[300];
    for (int index = 0; index < factors.length; index++) {
      int[] changed = recolored(index, 0.3, 80, 80, 80, 120, 120, 120);
      double brightness = (changed[0] + changed[3]) / 200.0;
      factors[index] = (changed[3] - changed[0]) / 40.0 / brightness;
    }
    requireSpread(factors, 0.7, 1.3, 0.04);
  }

  /** The grey of this colour is its mean, which contrast and saturation leave where it is. */
  @Test
  void saturationMovesColoursFromTheirGrey() {
    double[] factors = new double[300];
    for (int index = 0; index < factors.length; index++) {
      int[] changed = recolored(index, 0.3, 66, 130, 140);
      double brightness = (changed[0] + changed[1] + changed[2]) / 336.0;
      factors[index] = (changed[2] - changed[0]) / 74.0 / brightness;
    }
    requireSpread(factors, 0.7 * 0.7, 1.3 * 1.3, 0.04);
  }

  @Test
  void coloursStayWithinBytesAndLabelsAsTheyWere() {
    for (int index = 0; index < 50; index++) {
      int[] recolored = recolored(index, 0.9, 255, 255, 255, 0, 0, 0);
      assertThat(recolored[0]).as("white").isGreaterThan(recolored[3]);
      LabelledBitmap changed =
          new Augmentation(false, 1, 1, 0.9).forEpoch(1, 1).augment(index, image());
      assertThat(changed.labels()).isEqualTo(image().labels());
    }
  }

  /** An image of one row, red, green and blue of each pixel, with its colours changed. */
  private static int[] recolored(int index, double strength, int... samples) {
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) samples[i];
    }
    Bitmap row = new Bitmap(new Size(1, samples.length / 3), 3, bytes);
    byte[] changed =
        new Augmentation(false, 1, 1, strength)
            .forEpoch(1, 1)
            .augment(index, new LabelledBitmap(row, null))
            .image()
            .samples();
    return IntStream.range(0, changed.length).map(i -> changed[i] & 0xff).toArray();
  }

  /** All between two bounds, both nearly reached, the mean in between; but for rounding. */
  private static void requireSpread(double[] factors, double least, double most, double rounding) {
    DoubleSummaryStatistics found = Arrays.stream(factors).summaryStatistics();
    double nearly = 0.2 * (most - least);
    assertThat(found.getMin()).isBetween(least - rounding, least + nearly);
    assertThat(found.getMax()).isBetween(most - nearly, most + rounding);
    assertThat(found.getAverage()).isCloseTo(1, within(0.05));
  }

  @Test
  void changesDependOnSeedEpochAndImageAlone() {
    Augmentation augmentation = new Augmentation(true, 0.8, 1.5, 0.3);
    byte[] first = samples(augmentation, 1, 2, 3);
    assertThat(samples(augmentation, 1, 2, 3)).isEqualTo(first);
    assertThat(samples(augmentation, 2, 2, 3)).isNotEqualTo(first);
    assertThat(samples(augmentation, 1, 3, 3)).isNotEqualTo(first);
    assertThat(samples(augmentation, 1, 2, 4)).isNotEqualTo(first);
  }

  @Test
  void nothingChangesWithoutAugmentation() {
    LabelledBitmap image = image();
    assertThat(Augmentation.NONE.forEpoch(1, 1).augment(0, image)).isSameAs(image);
  }

  private static byte[] samples(Augmentation augmentation, long seed, int epoch, int index) {
    return augmentation.forEpoch(seed, epoch).augment(index, image()).image().samples();
  }
}
