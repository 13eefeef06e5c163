package io.disassembler.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.data.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingDataTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 9, 10, 25})
  void oneImageInTenIsHeldBack(int images) {
    TrainingData data = TrainingData.split(samples(images), 3);
    assertThat(data.validation()).hasSize(Math.max(1, images / 10));
    assertThat(data.training()).doesNotContainAnyElementsOf(data.validation());
    assertThat(data.training().size() + data.validation().size()).isEqualTo(images);
  }

  @Test
  void oneImageIsTooFewToHoldOneBack() {
    assertThatThrownBy(() -> TrainingData.split(samples(1), 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected at least 2 images")
        .hasMessageContaining("found 1");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 1.5, Double.NaN})
  void sharesOfTheDiceLossAreBetweenNoneAndAll(double dice) {
    TrainingRecipe usual = TrainingRecipe.FINETUNING;
    assertThatThrownBy(
            () ->
                new TrainingRecipe(
                    usual.optimizer(),
                    usual.batch(),
                    usual.warmUp(),
                    usual.clip(),
                    usual.augmentation(),
                    usual.weighting(),
                    dice,
                    usual.normalization()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("dice: expected a share");
  }

  private static List<Sample> samples(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Sample("image" + i, Path.of("image" + i + ".png"), null))
        .toList();
  }
}
