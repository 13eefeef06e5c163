package io.disassembler.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.profile.CategoryProfile;
import io.disassembler.profile.Profile;
import io.disassembler.selection.Thresholds;
import io.disassembler.similarity.MadeUpProfile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedKernelsTest {
  private static final String MAP = MadeUpProfile.MAPS.get(1).name();

  @Test
  void everyKernelIsCountedOnceWithExactlyItsCategories() {
    Profile profile = new MadeUpProfile(4, 5, 1, 1).profile();

    SharedKernels shared = SharedKernels.of(profile, MAP, new Thresholds(0.5, 0.5));

    int counted = shared.unused();
    for (SharedKernels.Combination combination : shared.combinations()) {
      long expected =
          IntStream.range(0, profile.channels(MAP))
              .filter(k -> users(profile, k).equals(combination.categories()))
              .count();
      assertThat(combination.kernels()).isEqualTo((int) expected).isPositive();
      counted += combination.kernels();
    }
    assertThat(counted).isEqualTo(profile.channels(MAP));
    assertThat(shared.combinations().size()).isGreaterThan(1);
    for (int c = 0; c < 4; c++) {
      int category = c;
      assertThat(shared.kernels().get(c))
          .isEqualTo(
              (int)
                  IntStream.range(0, profile.channels(MAP))
                      .filter(k -> users(profile, k).contains(category))
                      .count());
    }
  }

  private static List<Integer> users(Profile profile, int k) {
    return IntStream.range(0, 4)
        .filter(
            c -> {
              CategoryProfile category = profile.category(c);
              double[] forward = category.forward(MAP);
              double largest = Arrays.stream(forward).max().orElseThrow();
              return forward[k] >= 0.5 * largest && category.backward(MAP)[k] >= 0.5;
            })
        .boxed()
        .toList();
  }
}
