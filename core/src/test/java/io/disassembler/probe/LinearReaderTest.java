package io.disassembler.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.NativeScope;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LinearReaderTest {
  private static final int PIXELS = 600;
  private final Random random = new Random(3);

  /**
   * Three categories in two channels, the third in a hundredth of the pixels, apart by {@code far}.
   */
  private int[] labels() {
    int[] labels = new int[PIXELS];
    for (int pixel = 0; pixel < PIXELS; pixel++) {
      labels[pixel] = pixel % 100 == 99 ? 2 : pixel % 2;
    }
    return labels;
  }

  private Tensor features(int[] labels, double far) {
    float[] values = new float[3 * labels.length];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      values[pixel] = (float) (far * (labels[pixel] == 1 ? 1 : 0) + random.nextGaussian());
      values[PIXELS + pixel] = (float) (far * (labels[pixel] == 2 ? 1 : 0) + random.nextGaussian());
      values[2 * PIXELS + pixel] = 5; // A constant channel has no variance.
    }
    return Tensor.create(values).reshape(3, labels.length);
  }

  private double[] ious(double taught, double judged) {
    LinearReader reader = new LinearReader(3, 4);
    ReadCounts counts = new ReadCounts(4);
    int[] labels = labels();
    NativeScope.run(() -> reader.learn(features(labels, taught), labels));
    reader.finish();
    NativeScope.run(() -> counts.add(labels, reader.read(features(labels, judged))));
    assertThat(counts.iou(3)).isEmpty();
    return new double[] {
      counts.iou(0).orElseThrow(), counts.iou(1).orElseThrow(), counts.iou(2).orElseThrow()
    };
  }

  @Test
  void whatIsFarApartIsRead() {
    assertThat(ious(20, 20)).containsOnly(1);
  }

  @Test
  void ofWhatIsNotThereOnlyTheShareIsKnown() {
    double[] ious = ious(0, 0);

    assertThat(ious[2]).isZero();
    assertThat(ious[0]).isBetween(0.2, 0.5);
  }

  /** Two normal distributions 2 apart overlap by 16 %: the best that can be done is 0.84 / 1.16. */
  @Test
  void overlappingCategoriesAreReadAsWellAsTheyCanBe() {
    double[] ious = ious(2, 2);

    assertThat(ious[0]).isBetween(0.65, 0.82);
    assertThat(ious[1]).isBetween(0.65, 0.82);
  }
}
