package io.disassembler.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void areWrittenAlikeEverywhere() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Numbers.decimals(3, 0.5)).isEqualTo("0.500");
      assertThat(Numbers.percent(0.125)).isEqualTo("12.5 %");
      assertThat(Numbers.percent(2, 0.00125)).isEqualTo("0.13 %");
      assertThat(Numbers.percentOf(1, 8)).isEqualTo("12.5 %");
      assertThat(Numbers.count(17_352_416)).isEqualTo("17,352,416");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void haveADashWhereTheyAreNotDefined() {
    assertThat(Numbers.decimals(1, Double.NaN)).isEqualTo("-");
    assertThat(Numbers.percent(Double.POSITIVE_INFINITY)).isEqualTo("-");
    assertThat(Numbers.percentOf(0, 0)).isEqualTo("-");
  }

  @Test
  void countsAreCutToFourDigits() {
    assertThat(Numbers.brief(9_999)).isEqualTo("9999");
    assertThat(Numbers.brief(10_000)).isEqualTo("10.0k");
    assertThat(Numbers.brief(1_234_567)).isEqualTo("1.23M");
    assertThat(Numbers.brief(17_352_416)).isEqualTo("17.4M");
    assertThat(Numbers.brief(Long.MAX_VALUE)).isEqualTo("9223.4P");
  }
}
