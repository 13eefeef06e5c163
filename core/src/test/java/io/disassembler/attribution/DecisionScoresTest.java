package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.data.CategoryMapping;
import io.disassembler.engine.NativeScope;
import io.disassembler.operator.TensorData;
import java.util.List;
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
}
