package io.disassembler.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.disassembler.channel.Anatomy;
import io.disassembler.engine.Crew;
import io.disassembler.engine.Engine;
import io.disassembler.engine.ForwardRequest;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.operator.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logits and thresholds of networks whose decision is written in one of many ways. */
class SpelledDecisionTest {
  private static final Map<String, Attribute> CHANNELS = Map.of("axis", new Attribute.Int(1));
  private static final Map<String, Attribute> LINEAR = Map.of("mode", new Attribute.Text("linear"));

  /**
   * The small network with what {@code spelling} says behind a map of one logit, {@code x}, or of
   * its four, {@code logits}: {@code y = Operator a b; ...}; a number is a constant.
   */
  private static Anatomy ending(String spelling) {
    Network.Builder builder = SmallNetwork.network(1).toBuilder();
    builder.weight(Weight.ofFloats("one", Shape.of(1, 4, 1, 1), 1, -1, 0.5f, 0.2f));
    builder.weight(Weight.ofFloats("two", Shape.of(2, 4, 1, 1), 1, -1, 0.5f, 0.2f, 0, 1, 1, -1));
    builder.weight(Weight.ofFloats("scales", Shape.of(4), 1, 1, 2, 2));
    builder.weight(Weight.ofLongs("first", 0));
    builder.weight(Weight.ofLongs("second", 1));
    builder.weight(Weight.ofLongs("end", 2));
    builder.node(Node.of("x", "Conv", List.of("logits", "one"), List.of("x"), Map.of()));
    builder.node(Node.of("pair", "Conv", List.of("logits", "two"), List.of("pair"), Map.of()));
    String last = "";
    for (String line : spelling.split(";", -1)) {
      String[] words = line.strip().split("[ =]+", -1);
      last = words[0];
      List<String> inputs = new ArrayList<>();
      for (String word : Arrays.asList(words).subList(2, words.length)) {
        if (word.matches("-?[0-9.]+")) {
          builder.weight(Weight.ofFloats(word, Shape.of(), Float.parseFloat(word)));
        }
        inputs.add(word.equals("-") ? "" : word);
      }
      Map<String, Attribute> attributes =
          switch (words[1]) {
            case "Softmax", "Gather" -> CHANNELS;
            case "Resize" -> LINEAR;
            case "ReduceSum" -> Map.of("keepdims", new Attribute.Int(1));
            default -> Map.of();
          };
      builder.node(Node.of(last, words[1], inputs, List.of(last), attributes));
    }
    return SmallNetwork.anatomy(
        builder.outputs(List.of(new Value(last, ElementType.FLOAT, List.of()))).build());
  }

  /** Two values of one run, channel by channel. */
  private static double[][] values(Anatomy anatomy, Logits logits, String... names) {
    float[] pixels = SmallNetwork.image(3, false).pixels();
    Weight image =
        Weight.ofFloats("image", Shape.of(1, 3, SmallNetwork.HEIGHT, SmallNetwork.WIDTH), pixels);
    try (Engine engine = logits.engine(anatomy, "cpu", Crew.ofOne(1))) {
      return engine.run(
          Map.of("image", image),
          ForwardRequest.keeping(Set.of(names)),
          forward ->
              Arrays.stream(names)
                  .map(name -> TensorData.doubles(forward.value(name)))
                  .toArray(double[][]::new));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "y = Sigmoid x, 0, 1",
    "p = Sigmoid x; y = Identity p, 0, 1",
    "p = Sigmoid x; y = Mul p 255, 0, 255",
    "p = Sigmoid x; q = Mul p 2; y = Sub q 1, -1, 1",
    "p = Sigmoid x; q = Mul 1 p; y = Clip q 0 1, 0, 1",
    "n = Neg x; e = Exp n; d = Add e 1; y = Div 1 d, 0, 1",
    "n = Mul -1 x; e = Exp n; d = Add 1 e; y = Reciprocal d, 0, 1",
    "n = Sub 0 x; e = Exp n; d = Add 1 e; y = Pow d -1, 0, 1",
    "e = Exp x; d = Add e 1; y = Div e d, 0, 1",
    "e = Exp x; d = Add e 1; q = Div 1 d; y = Sub 1 q, 0, 1",
    "h = Div x 2; t = Tanh h; s = Add t 1; y = Div s 2, 0, 1",
    "h = Mul 0.5 x; t = Tanh h; s = Mul t 0.5; y = Add 0.5 s, 0, 1",
    "t = Tanh x; s = Mul t 0.5; y = Add s 0.5, 0, 1",
    "n = Neg x; p = Sigmoid n; y = Sub 1 p, 0, 1",
    "p = Softmax pair; y = Slice p second end second, 0, 1",
    "p = Softmax pair; y = Gather p first, 0, 1",
    "p = Softmax logits; y = Gather p second, 0, 1",
    "p = Sigmoid logits; y = Gather p second, 0, 1",
  })
  void aSingleCategorysLogitsAndThresholdAreFound(String spelling, double low, double high) {
    Anatomy anatomy = ending(spelling);

    Logits logits = Logits.of(anatomy);

    assertThat(logits.categories()).isEqualTo(1);
    assertThat(logits.threshold()).isCloseTo((low + high) / 2, within(1e-3 * high));
    double[][] found = values(anatomy, logits, logits.value(), logits.output());
    for (int pixel = 0; pixel < found[1].length; pixel++) {
      if (Double.isNaN(found[1][pixel])) {
        continue; // exp(x) / (exp(x) + 1) itself, far from 0
      }
      double probability = 1 / (1 + Math.exp(-found[0][pixel]));
      assertThat(low + (high - low) * probability).isCloseTo(found[1][pixel], within(2e-3 * high));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "p = Sigmoid x; y = Resize p - scales, x",
    "p = Sigmoid x; q = Resize p - scales; y = Mul q 255, x",
    "n = Neg x; e = Exp n; d = Add e 1; p = Div 1 d; y = Resize p - scales, x",
    "p = Softmax logits; y = Resize p - scales, logits",
    "e = Exp logits; s = ReduceSum e second; p = Div e s; y = Resize p - scales, logits",
  })
  void logitsAreResizedAsTheProbabilitiesAre(String spelling, String source) {
    Anatomy anatomy = ending(spelling);
    Anatomy resizedFirst = ending("y = Resize " + source + " - scales");

    Logits logits = Logits.of(anatomy);

    assertThat(values(anatomy, logits, logits.value())[0])
        .isEqualTo(values(resizedFirst, Logits.of(resizedFirst), "y")[0]);
    assertThat(FeatureMaps.of(anatomy, logits))
        .isEqualTo(FeatureMaps.of(resizedFirst, Logits.of(resizedFirst)));
  }

  @ParameterizedTest
  @CsvSource({
    "y = HardSigmoid x, 0.5",
    "y = Clip x 0 1, 0.5",
    "p = Sigmoid x; h = HardSigmoid x; s = Add p h; y = Div s 2, 0.5",
    "a = Sigmoid x; b = Gather logits first; c = Sigmoid b; y = Max a c, 0.5",
  })
  void scoresBetweenTwoEndsAreProbabilities(String spelling, double threshold) {
    Anatomy anatomy = ending(spelling);

    Logits logits = Logits.of(anatomy);

    assertThat(logits.threshold()).isEqualTo(threshold);
    double[][] found = values(anatomy, logits, logits.value(), logits.output());
    assertThat(IntStream.range(0, found[0].length))
        .allSatisfy(
            pixel -> assertThat(found[0][pixel] > 0).isEqualTo(found[1][pixel] > threshold));
  }

  @ParameterizedTest
  @CsvSource({
    "y = Add x 0.5",
    "y = Mul x 0.01",
    "y = Resize x - scales",
    "y = LeakyRelu x",
    "p = Sigmoid x; y = Mul p x",
  })
  void whatHasNoEndsIsALogit(String spelling) {
    Logits logits = Logits.of(ending(spelling));

    assertThat(logits).isEqualTo(new Logits("y", "y", 1));
  }

  @Test
  void aLogitWithoutItsAxisIsALogit() {
    Logits logits = Logits.of(ending("y = Squeeze x second"));

    assertThat(logits).isEqualTo(new Logits("y", "x", 1));
  }
}
