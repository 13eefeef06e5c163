package io.disassembler.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtentsTest {

  @ParameterizedTest
  @CsvSource({
    "513, 0.7, 353",
    "513, 0.5, 257",
    "480, 0.71, 352",
    "360, 0.7, 264",
    "192, 0.5, 96",
    "96, 0.6, 56",
    "512, 1, 512",
    "12, 0.5, 6"
  })
  void imagesLoseWholeSteps(long image, double scale, long left) {
    Extents extents = Extents.scaled(image, scale);
    assertThat(extents.left()).isEqualTo(left);
    assertThat(extents.lost() % extents.step()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"513, 353", "257, 177", "129, 89", "65, 45", "33, 23", "17, 12"})
  void feautureMapsLoseWhatTheirStridesMakeOfIt(long extent, long left) {
    assertThat(Extents.scaled(513, 0.7).of(extent)).hasValue(left);
  }

  @Test
  void whatIsNoShareOfTheImagesStays() {
    Extents extents = Extents.scaled(384, 0.75);
    assertThat(extents.of(36)).as("one and a half times a map").hasValue(27);
    assertThat(extents.of(5)).as("pooled to five places").isEmpty();
    assertThat(extents.of(1)).as("one place").isEmpty();
  }
}
