package io.disassembler.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class PixelSamplingTest {
  private static final int SIZE = 10;
  private static final int PIXELS = SIZE * SIZE;

  /** Scores by which category 1 wins at the first {@code rare} pixels, category 0 elsewhere. */
  private static Calibration calibration(int rare) {
    float[] scores = new float[3 * PIXELS];
    Arrays.fill(scores, 0, PIXELS, 1);
    Arrays.fill(scores, PIXELS, PIXELS + rare, 2);
    Weight output = Weight.ofFloats("output", Shape.of(1, 3, SIZE, SIZE), scores);
    return new Calibration(List.of(new Calibration.Batch(Map.of(), output)));
  }

  /** Numbers of the pixels that are drawn for values of {@code size} x {@code size}. */
  private static long[] drawn(Calibration calibration, int size, Integer... chosen) {
    return NativeScope.in(
        () -> {
          long[] pixels = LongStream.range(0, (long) size * size).toArray();
          Tensor columns = TensorData.ofLongs(pixels, 1, pixels.length);
          Tensor grid = torch.zeros(1, 2, size, size);
          return TensorData.longs(
              PixelSampling.of(calibration, List.of(chosen)).draw(0, grid, PIXELS, columns).get(0));
        });
  }

  @Test
  void aRareCategoryIsDrawnMoreOften() {
    long[] drawn = drawn(calibration(2), SIZE, 1);
    assertThat(drawn).hasSize(PIXELS);
    assertThat(Arrays.stream(drawn).filter(pixel -> pixel < 2).count()).isBetween(7L, 9L);
    assertThat(Arrays.stream(drawn).distinct().count()).isGreaterThan(PIXELS / 2);
    assertThat(drawn(calibration(2), SIZE, 1)).isEqualTo(drawn);
  }

  @Test
  void coarserValuesAreDrawnByTheSharesOfTheirAreas() {
    long[] drawn = drawn(calibration(2), SIZE / 2, 1);
    assertThat(drawn).hasSize(PIXELS / 4);
    assertThat(Arrays.stream(drawn).filter(pixel -> pixel == 0).count()).isBetween(2L, 4L);
  }

  @Test
  void allAreDrawnOnceWhereNoChosenCategoryIsRareOrThere() {
    long[] all = LongStream.range(0, PIXELS).toArray();
    assertThat(drawn(calibration(2), SIZE, 0)).isNotEqualTo(drawn(calibration(2), SIZE, 1));
    assertThat(drawn(calibration(0), SIZE, 0)).isEqualTo(all);
    assertThat(drawn(calibration(0), SIZE, 1)).isEqualTo(all);
  }

  @Test
  void outputsThatAreNoScoresTellNoPixelFromAnother() {
    Weight decisions = Weight.ofLongs("output", Shape.of(1, SIZE, SIZE), new long[PIXELS]);
    Calibration calibration = new Calibration(List.of(new Calibration.Batch(Map.of(), decisions)));
    assertThat(drawn(calibration, SIZE, 0)).isEqualTo(LongStream.range(0, PIXELS).toArray());
  }
}
