package io.disassembler.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.evaluation.CategoryCounts;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetentionEstimateTest {
  /** An image with 100 pixels of the category, of which the full network finds 80. */
  private static ComparedCategory image(long hits) {
    return new ComparedCategory(
        "car", new CategoryCounts(80, 0, 20, 0, 0), new CategoryCounts(hits, 0, 100 - hits, 0, 0));
  }

  private static final ComparedCategory WITHOUT =
      new ComparedCategory(
          "car", new CategoryCounts(0, 0, 0, 100, 0), new CategoryCounts(0, 0, 0, 100, 0));

  @Test
  void imagesThatAgreeLeaveNoDoubt() {
    RetentionEstimate estimate = RetentionEstimate.of(Collections.nCopies(9, image(76)));

    assertThat(estimate.category()).isEqualTo("car");
    assertThat(estimate.retention()).isCloseTo(0.95, within(1e-12));
    assertThat(estimate.lower()).isCloseTo(0.95, within(1e-12));
  }

  @Test
  void fewImagesThatDisagreeLeaveMoreDoubtThanMany() {
    List<ComparedCategory> few = List.of(image(80), image(80), image(70), image(70));
    List<ComparedCategory> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.addAll(few);
    }
    Collections.shuffle(many, new Random(2));

    RetentionEstimate ofFew = RetentionEstimate.of(few);
    RetentionEstimate ofMany = RetentionEstimate.of(many);

    assertThat(ofFew.retention()).isCloseTo(75.0 / 80, within(1e-12));
    assertThat(ofMany.retention()).isCloseTo(75.0 / 80, within(1e-12));
    // Two runs of two: all 70 in 1 draw of 16, one pair mixed in 4 more.
    assertThat(ofFew.lower()).isCloseTo(72.5 / 80, within(1e-12));
    // One standard error of the mean of 400 is 0.25 hits; 90 % lie above 1.28 of them.
    assertThat(ofMany.lower()).isCloseTo((75 - 1.28 * 0.25) / 80, within(0.2 / 80));
    assertThat(RetentionEstimate.of(few)).isEqualTo(ofFew);
  }

  @Test
  void neighboursThatAreAlikeCountAsOne() {
    List<ComparedCategory> films = new ArrayList<>();
    films.addAll(Collections.nCopies(50, image(80)));
    films.addAll(Collections.nCopies(50, image(70)));
    List<ComparedCategory> mixed = new ArrayList<>(films);
    Collections.shuffle(mixed, new Random(2));

    double doubt = 75.0 / 80 - RetentionEstimate.of(films).lower();

    assertThat(doubt).isGreaterThan(2 * (75.0 / 80 - RetentionEstimate.of(mixed).lower()));
  }

  @Test
  void drawsWithoutTheCategoryDoNotCount() {
    RetentionEstimate estimate = RetentionEstimate.of(List.of(image(76), WITHOUT, WITHOUT));

    assertThat(estimate.lower()).isCloseTo(0.95, within(1e-12));
  }
}
