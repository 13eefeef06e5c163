package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.NativeScope;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Logits of 2 x 3 pixels; a difference of ln 9 between two categories is a probability of 0.9. */
class ConfidenceMaskTest {
  private static final float LN_9 = (float) Math.log(9);

  /** The masks by category, as strings of 0 and 1. */
  private static Map<Integer, String> masks(
      double threshold, int @Nullable [] labels, float[]... logits) {
    return NativeScope.in(
        () -> {
          float[] all = new float[6 * logits.length];
          for (int k = 0; k < logits.length; k++) {
            System.arraycopy(logits[k], 0, all, 6 * k, 6);
          }
          Tensor tensor = Tensor.create(all).reshape(logits.length, 2, 3);
          ConfidenceMask mask = ConfidenceMask.of(tensor, threshold, labels, all(logits.length));
          Map<Integer, String> masks = new TreeMap<>();
          for (int row = 0; row < mask.categories().size(); row++) {
            StringBuilder pixels = new StringBuilder();
            for (float pixel : TensorData.floats(mask.masks().select(0, row))) {
              pixels.append((int) pixel);
            }
            assertThat(mask.areas().get(row))
                .isEqualTo(pixels.chars().filter(pixel -> pixel == '1').count());
            masks.put(mask.categories().get(row), pixels.toString());
          }
          return masks;
        });
  }

  private static List<Integer> all(int categories) {
    return IntStream.range(0, categories).boxed().toList();
  }

  @Test
  void holdsThePixelsAtWhichTheCategoryWinsWithConfidence() {
    float[] first = {5, 5, 5, 5, 1, -5};
    float[] second = {0, 0, 0, 0, 0, 0};
    assertThat(masks(0.9, null, first, second)).isEqualTo(Map.of(0, "111100"));
    assertThat(masks(0.7, null, first, second)).isEqualTo(Map.of(0, "111110"));
  }

  @Test
  void holdsThePixelsAtTheThresholdItself() {
    float[] sure = {LN_9 + 1e-5f, LN_9 + 1e-5f, LN_9 + 1e-5f, LN_9 + 1e-5f, LN_9 - 1e-4f, 0};
    assertThat(masks(0.9, null, sure, new float[6])).isEqualTo(Map.of(0, "111100"));
    assertThat(masks(0.5, null, new float[6], new float[] {-1, -1, 0, 0, 0, 0}))
        .isEqualTo(Map.of(0, "111111"));
  }

  @Test
  void ofIndependentCategoriesMayOverlap() {
    float[] first = {5, 5, 5, 5, -5, -5};
    float[] second = {-5, 5, 5, 5, 5, 5};
    assertThat(each(null, first, second)).isEqualTo(List.of("111100", "011111"));
    int[] labels = {1, 3, 3, 3, 3, 2};
    assertThat(each(labels, first, second)).isEqualTo(List.of("111100", "011111"));
    labels[1] = -1;
    labels[5] = 3;
    assertThat(each(labels, new float[] {5, 5, 5, 5, 5, 5}, second))
        .isEqualTo(List.of("101111", "001111"));
  }

  private static List<String> each(int @Nullable [] labels, float[] first, float[] second) {
    return NativeScope.in(
        () -> {
          float[] all = new float[12];
          System.arraycopy(first, 0, all, 0, 6);
          System.arraycopy(second, 0, all, 6, 6);
          ConfidenceMask mask =
              ConfidenceMask.ofEach(Tensor.create(all).reshape(2, 2, 3), 0.9, labels, all(2));
          List<String> masks = new ArrayList<>();
          for (int row = 0; row < mask.categories().size(); row++) {
            StringBuilder pixels = new StringBuilder();
            for (float pixel : TensorData.floats(mask.masks().select(0, row))) {
              pixels.append((int) pixel);
            }
            masks.add(pixels.toString());
          }
          return masks;
        });
  }

  @Test
  void holdsOnlyRightPixelsWhereLabelsTell() {
    float[] first = {5, 5, 5, 5, 5, 5};
    int[] labels = {0, 0, 0, 0, 1, -1};
    assertThat(masks(0.9, labels, first, new float[6])).isEqualTo(Map.of(0, "111100"));
  }

  @Test
  void holdsOnlyTheCategoriesLookedFor() {
    List<Integer> found =
        NativeScope.in(
            () -> {
              Tensor logits = Tensor.create(5f, 5, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5);
              return ConfidenceMask.of(logits.reshape(2, 1, 8), 0.9, null, List.of(1)).categories();
            });
    assertThat(found).containsExactly(1);
  }

  @Test
  void aCategoryOfAFewPixelsIsAbsent() {
    float[] first = {5, 5, 5, 0, 0, 0};
    assertThat(masks(0.9, null, first, new float[6])).isEmpty();
    float[] second = {0, 0, 5, 5, 5, 5};
    assertThat(masks(0.9, null, new float[6], second)).isEqualTo(Map.of(1, "001111"));
  }

  @Test
  void oneCategoryIsDecidedByTheSigmoid() {
    float[] logit = {LN_9 + 1e-5f, 4, 4, 4, LN_9 - 1e-4f, -4};
    assertThat(masks(0.9, null, logit)).isEqualTo(Map.of(0, "111100"));
    assertThat(masks(0.2, null, new float[] {1, 1, 1, 1, 0, -1})).isEqualTo(Map.of(0, "111110"));
    int[] labels = {0, 0, 0, 0, 0, -1};
    assertThat(masks(0.5, labels, new float[] {4, 4, 4, 4, -4, 4})).isEqualTo(Map.of(0, "111100"));
  }

  @Test
  void isAveragedOverWhatSmallerPixelsCover() {
    float[] averaged =
        NativeScope.in(
            () -> {
              Tensor logits = Tensor.create(5f, 5, 0, 0, 5, 0, 0, 5).reshape(1, 2, 4);
              return TensorData.floats(ConfidenceMask.of(logits, 0.9, null, all(1)).averaged(1, 2));
            });
    assertThat(averaged).containsExactly(0.75f, 0.25f);
  }
}
