package io.disassembler.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.base.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static List<Sample> samples(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Sample("frame%05d".formatted(i), Path.of(i + ".png"), null))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 16})
  void everyImageIsInExactlyOneShare(int shares) {
    List<Sample> all = samples(1600);
    List<Sample> shared = new ArrayList<>();
    for (int number = 1; number <= shares; number++) {
      List<Sample> share = new Shard(number, shares).among(all);
      assertThat((double) share.size()).isBetween(0.6 * 1600 / shares, 1.4 * 1600 / shares);
      shared.addAll(share);
    }
    assertThat(shared).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void imagesThatComeMoveNoOthers() {
    Shard shard = new Shard(2, 5);
    List<Sample> before = shard.among(samples(100));
    assertThat(shard.among(samples(200))).startsWith(before.toArray(Sample[]::new));
  }

  /** Shards of two releases must fit each other: SHA-256("a") begins ca978112ca1bbdca. */
  @Test
  void theShareIsTheHashOfTheName() {
    assertThat(new Shard(1 + (int) Long.remainderUnsigned(0xca978112ca1bbdcaL, 16), 16).has("a"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"0,3", "4,3", "-1,3", "1,0"})
  void refusesSharesThatThereAreNot(int number, int of) {
    assertThatThrownBy(() -> new Shard(number, of))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found %d/%d".formatted(number, of))
        .extracting(e -> ((InvalidInputException) e).settings())
        .isEqualTo(List.of(Setting.SHARD));
  }
}
