package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IouCounterTest {
  @Test
  void countsWhatWasCountedByHand() {
    IouCounter counter = new IouCounter(3);
    counter.add(
        new int[] {
          0, 0, 0, 1,
          0, 0, 1, 1,
        },
        new int[] {
          0, 0, 1, 1,
          0, 2, 1, 0,
        });
    counter.add(new int[] {0, 0, -1, -1}, new int[] {0, 1, 1, 2});

    assertThat(counter.counts(0)).isEqualTo(new CategoryCounts(4, 1, 3, 0, 0));
    assertThat(counter.counts(1)).isEqualTo(new CategoryCounts(2, 2, 1, 2, 1));
    assertThat(counter.counts(2)).isEqualTo(new CategoryCounts(0, 1, 0, 10, 1));
    assertThat(counter.counts(0).iou()).isEqualTo(0.5);
    assertThat(counter.counts(1).iou()).isEqualTo(0.4);
    assertThat(counter.counts(1).precision()).isEqualTo(0.5);
    assertThat(counter.counts(0).recall()).isEqualTo(4.0 / 7);
    assertThat(counter.counts(1).falsePositiveRate()).isEqualTo(0.5);
    assertThat(counter.counts(2).falsePositiveRate()).isEqualTo(0.1);
  }

  @Test
  void leavesRatiosUndefinedWhereThereIsNothingToDivideBy() {
    IouCounter counter = new IouCounter(2);
    counter.add(new int[] {0, 0}, new int[] {0, 0});

    CategoryCounts absent = counter.counts(1);
    assertThat(absent.iou()).isNaN();
    assertThat(absent.precision()).isNaN();
    assertThat(absent.recall()).isNaN();
    assertThat(absent.falsePositiveRate()).isZero();
    assertThat(counter.counts(0).falsePositiveRate()).isNaN();
  }

  @Test
  void takesTheNumberOfCategoriesForNoneOfThem() {
    IouCounter counter = new IouCounter(1);
    counter.add(new int[] {0, 0, 1, 1, 1}, new int[] {0, 1, 1, 0, 1});

    assertThat(counter.counts(0)).isEqualTo(new CategoryCounts(1, 1, 1, 0, 0));
  }

  @Test
  void mergesCountersOfHalvesIntoThatOfTheWhole() {
    Random random = new Random(1);
    IouCounter whole = new IouCounter(4);
    IouCounter[] halves = {new IouCounter(4), new IouCounter(4)};
    for (int image = 0; image < 10; image++) {
      // Few pixels, so that some images lack some categories.
      int[] labels = random.ints(6, -1, 4).toArray();
      int[] predictions = random.ints(6, 0, 4).toArray();
      whole.add(labels, predictions);
      halves[image % 2].add(labels, predictions);
    }
    halves[1].merge(halves[0]);

    for (int category = 0; category < 4; category++) {
      assertThat(halves[1].counts(category)).isEqualTo(whole.counts(category));
    }
    assertThatThrownBy(() -> whole.merge(new IouCounter(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
