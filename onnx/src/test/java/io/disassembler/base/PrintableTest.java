package io.disassembler.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"\u001B[2J", "\u001B]0;title\u0007", "\u009B2J", "\b\b", "\u0000", "\u202Eexe"})
  void whatCouldDisturbATerminalIsShownInstead(String hostile) {
    assertThat(Printable.of("a" + hostile + "b"))
        .startsWith("a\uFFFD")
        .endsWith("b")
        .hasSize(2 + hostile.length())
        .doesNotContain("\u001B", "\u009B", "\u0007", "\b", "\u0000", "\u202E");
  }

  @Test
  void textStaysAsItIs() {
    String text = "Straße\t道路\n\uD83D\uDE97 naïve\r\n";

    assertThat(Printable.of(text)).isEqualTo(text);
  }
}
