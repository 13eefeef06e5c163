package io.disassembler.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Inner(double z, int a) {}

  private record Outer(String name, @JsonUnwrapped Inner inner, List<Double> numbers, Path file) {}

  private static final Outer VALUE =
      new Outer(
          "n", new Inner(Double.NaN, 1), List.of(0.5, Double.NEGATIVE_INFINITY), Path.of("a/b c"));

  @Test
  void recordsAreTheSchema() {
    assertThat(Json.compact(VALUE))
        .isEqualTo("{\"name\":\"n\",\"z\":null,\"a\":1,\"numbers\":[0.5,null],\"file\":\"a/b c\"}");
  }

  @Test
  void prettyJsonHasLines() {
    assertThat(Json.pretty(VALUE))
        .isEqualTo(
            """
            {
              "name" : "n",
              "z" : null,
              "a" : 1,
              "numbers" : [ 0.5, null ],
              "file" : "a/b c"
            }
            """);
  }

  @Test
  void whatHasNoFormIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.compact(new Object()));
  }
}
