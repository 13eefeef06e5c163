package io.disassembler.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.evaluation.CategoryCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetentionSpreadTest {
  @Test
  void isTheJackknifeOverImages() {
    Random random = new Random(5);
    List<List<ComparedCategory>> images = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      images.add(List.of(category("a", random), category("b", random)));
    }

    double[] without = new double[images.size()];
    for (int left = 0; left < without.length; left++) {
      double sum = 0;
      for (int category = 0; category < 2; category++) {
        long full = 0;
        long small = 0;
        for (int i = 0; i < images.size(); i++) {
          full += i == left ? 0 : images.get(i).get(category).reference().truePositives();
          small += i == left ? 0 : images.get(i).get(category).counts().truePositives();
        }
        // Each image has 100 labelled pixels and no false positives.
        sum += (double) small / full;
      }
      without[left] = sum / 2;
    }
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(x -> (x - mean) * (x - mean)).sum();

    assertThat(RetentionSpread.of(images))
        .isCloseTo(1.96 * Math.sqrt(squares * 6 / 7), within(1e-12));
  }

  @Test
  void oneImageSaysNothingOfOthers() {
    assertThat(RetentionSpread.of(List.of(List.of(category("a", new Random(1)))))).isNull();
  }

  @Test
  void imagesThatAreAllAlikeLeaveNoDoubt() {
    List<ComparedCategory> image = List.of(category("a", new Random(1)));

    assertThat(RetentionSpread.of(List.of(image, image, image))).isCloseTo(0, within(1e-12));
  }

  private static ComparedCategory category(String name, Random random) {
    long full = 60L + random.nextInt(40);
    long small = 20L + random.nextInt(40);
    return new ComparedCategory(name, counts(full), counts(small));
  }

  private static CategoryCounts counts(long hits) {
    return new CategoryCounts(hits, 0, 100 - hits, 0, 0);
  }
}
