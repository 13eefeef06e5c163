package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.Bitmap;
import io.disassembler.data.LabelledBitmap;
import io.disassembler.data.Size;
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
