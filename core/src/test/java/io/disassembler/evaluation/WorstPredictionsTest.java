package io.disassembler.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.evaluation.EvaluationResult.ComparedCategory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorstPredictionsTest {
  private static final CategoryMapping MAPPING =
      CategoryMapping.of(List.of("sky", "road", "car"), List.of(1, 2));

  @Test
  void theLargestLossesAreKeptWorstFirst() {
    WorstPredictions worst = new WorstPredictions(3);
    worst.predicted(0, prediction("b", 8, 4));
    worst.predicted(0, prediction("c", 8, 8));
    worst.predicted(0, prediction("d", 8, 6));
    worst.predicted(0, prediction("a", 8, 4));
    worst.predicted(0, prediction("e", 8, 0));
    worst.predicted(1, prediction("f", 8, 8));

    assertThat(worst.of(0)).extracting(p -> p.sample().name()).containsExactly("e", "a", "b");
    assertThat(worst.of(1)).extracting(p -> p.sample().name()).containsExactly("f");
    assertThat(worst.of(2)).isEmpty();
  }

  /** By hand: car 8/10 and 6/10, road rightly absent for one and wrongly there for the other. */
  @Test
  void lossIsTheMeanDifferenceOfIouOverWhatIsShownOrPredicted() {
    ComparedCategory car = new ComparedCategory("car", hits(8, 2), hits(6, 4));
    ComparedCategory road = new ComparedCategory("road", hits(0, 0), hits(0, 3));

    assertThat(of("x", List.of(car)).loss()).isCloseTo(0.2, within(1e-12));
    assertThat(of("x", List.of(car, road)).loss()).isCloseTo(0.6, within(1e-12));
    ComparedCategory absent = new ComparedCategory("road", hits(0, 0), hits(0, 0));
    assertThat(of("x", List.of(car, absent)).loss()).isCloseTo(0.2, within(1e-12));
    assertThat(of("x", List.of(absent)).loss()).isZero();
  }

  @Test
  void differingPixelsAreCounted() {
    NetworkPrediction prediction =
        new NetworkPrediction(
            new Sample("x", Path.of("x.png"), null),
            new Size(1, 4),
            MAPPING,
            null,
            new int[] {0, 1, 2, 1},
            new int[] {0, 1, 1, 2},
            List.of(),
            NetworkCard.unnamed(3));

    assertThat(prediction.differing()).isEqualTo(0.5);
  }

  private static NetworkPrediction prediction(String name, int full, int network) {
    return of(
        name,
        List.of(new ComparedCategory("car", hits(full, 10 - full), hits(network, 10 - network))));
  }

  private static NetworkPrediction of(String name, List<ComparedCategory> categories) {
    return new NetworkPrediction(
        new Sample(name, Path.of(name + ".png"), null),
        new Size(1, 1),
        MAPPING,
        null,
        new int[] {0},
        new int[] {0},
        categories,
        NetworkCard.unnamed(3));
  }

  private static CategoryCounts hits(long right, long wrong) {
    return new CategoryCounts(right, wrong, 0, 0, 0);
  }
}
