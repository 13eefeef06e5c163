package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/operators.md says what the code says. {@code -Ddisassembler.update=true} rewrites it
 * instead.
 */
class OperatorDocumentationTest {
  private static final String HEAD =
      """
      # Operators

      What runs, what gradients pass through, and how channels flow when a network is cut. Anything
      else is refused with a list of all unsupported operators of the model. Versions are those of
      the ONNX operator set that brought a form we read; a model of any later version is read too.
      "Pinned" channels are never cut; `inspect` names the node that pins them. `FakeQuantize` is what a
      QuantizeLinear and the DequantizeLinear behind it are read as, and what is left of QLinearConv and
      its like beside the operator on floats (ADR 13).

      Generated from the code; `OperatorDocumentationTest` with `-Ddisassembler.update=true` rewrites
      it.

      | operator | versions | differentiates | channels |
      | --- | --- | --- | --- |
      """;

  @Test
  void documentationSaysWhatTheCodeSays() throws IOException {
    Path file = Path.of(System.getProperty("disassembler.root", ".")).resolve("docs/operators.md");
    String documentation =
        Program.supported().stream()
            .map(OperatorDocumentationTest::row)
            .collect(Collectors.joining("\n", HEAD, "\n"));
    if (Boolean.getBoolean("disassembler.update")) {
      Files.writeString(file, documentation);
    }
    assertThat(file).content().isEqualTo(documentation);
  }

  private static String row(OperatorType type) {
    Class<?> operator = type.getClass().getEnclosingClass();
    String versions =
        Arrays.stream(type.versions()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String differentiates = operator.isAnnotationPresent(NotDifferentiable.class) ? "no" : "yes";
    return "| %s | %s | %s | %s |".formatted(type.name(), versions, differentiates, rule(operator));
  }

  /** The rule of the class itself, or of the interface that lends it its flow. */
  private static String rule(Class<?> operator) {
    ChannelRule rule = operator.getAnnotation(ChannelRule.class);
    if (rule != null) {
      return rule.value();
    }
    assertThat(operator.getDeclaredMethods())
        .as("%s has a flow of its own and must state it as a @ChannelRule", operator.getName())
        .noneMatch(method -> method.getName().equals("flow"));
    return Arrays.stream(operator.getInterfaces())
        .filter(Operator.class::isAssignableFrom)
        .findFirst()
        .map(OperatorDocumentationTest::rule)
        .orElseThrow();
  }
}
