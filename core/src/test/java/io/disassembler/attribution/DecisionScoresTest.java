package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import io.disassembler.data.NetworkCard;
import io.disassembler.engine.NativeScope;
import io.disassembler.operator.TensorData;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class DecisionScoresTest {
  private static float[] scores(DecisionScores scores, float... logits) {
    return NativeScope.in(
        () -> {
          Tensor pixel = Tensor.create(logits).reshape(1, logits.length, 1, 1);
          return TensorData.floats(scores.of(pixel));
        });
  }

  @Test
  void whatIsNotChosenIsOneScore() {
    DecisionScores scores =
        new DecisionScores(CategoryMapping.of(List.of("a", "b", "c", "d"), List.of(3, 1)));
    assertThat(scores(scores, 5, 2, 7, 3)).containsExactly(7, 3, 2);
    assertThat(scores.firstChosen()).isEqualTo(1);
    assertThat(scores.count()).isEqualTo(3);
    assertThat(scores.canBalance()).isTrue();
  }

  @Test
  void wholeSetsCompeteAmongThemselves() {
    DecisionScores scores =
        new DecisionScores(CategoryMapping.of(List.of("a", "b"), List.of(1, 0)));
    assertThat(scores(scores, 5, 2)).containsExactly(2, 5);
    assertThat(scores.firstChosen()).isZero();
    assertThat(scores.count()).isEqualTo(2);
    assertThat(scores.canBalance()).isFalse();
  }

  @Test
  void aSingleCategorySaysYesOrNo() {
    DecisionScores scores = new DecisionScores(CategoryMapping.identity(List.of("skin")));
    assertThat(scores(scores, -3)).containsExactly(0, -3);
    assertThat(scores.firstChosen()).isEqualTo(1);
    assertThat(scores.count()).isEqualTo(2);
    assertThat(scores.canBalance()).isTrue();
  }

  @Test
  void independentCategoriesSayYesOrNoEachByItself() {
    CategoryMapping mapping = CategoryMapping.of(List.of("a", "b", "c"), List.of(2, 0));
    DecisionScores scores = new DecisionScores(mapping.independently());
    // Two scores, of which each has a place for both decisions.
    assertThat(scores(scores, 5, 2, -7)).containsExactly(0, 0, -7, 5);
    assertThat(scores.count()).isEqualTo(2);
    assertThat(scores.decisions()).isEqualTo(2);
    assertThat(scores.competing()).isEqualTo(1);
    assertThat(scores.canBalance()).isTrue();
  }

  @Test
  void theChosenOnesAreFoundAgain() {
    CategoryMapping mapping = CategoryMapping.of(List.of("a", "b", "c"), List.of(2, 0));
    for (DecisionScores scores :
        List.of(new DecisionScores(mapping), new DecisionScores(mapping.independently()))) {
      NativeScope.run(
          () -> {
            Tensor pixel = Tensor.create(5f, 2f, -7f).reshape(1, 3, 1, 1);
            assertThat(TensorData.floats(scores.ofChosen(scores.of(pixel)))).containsExactly(-7, 5);
            Tensor factors = scores.factors(List.of(3.0, 4.0));
            Tensor asMaps = factors.reshape(1, scores.count(), scores.decisions(), 1, 1);
            assertThat(TensorData.floats(scores.ofChosen(asMaps))).containsExactly(3, 4);
            assertThat(TensorData.floats(factors)).startsWith(1);
          });
    }
  }

  @Test
  void aCategoryIsThereAboveItsThreshold() {
    DecisionScores scores = DecisionScores.ofAll(2, true);
    NetworkCard card =
        NetworkCard.fromYaml(
            "categories: [a, b]\ndecision: independent\nthresholds: [0.8, 0.2]\n", "card");
    NativeScope.run(
        () -> {
          Tensor maps = scores.of(Tensor.create(1.3f, -1.3f).reshape(1, 2, 1, 1));
          Tensor decided = scores.atThresholds(maps, card).argmax(new LongOptional(1), false);
          assertThat(TensorData.longs(decided)).containsExactly(0, 1);
        });
  }
}
