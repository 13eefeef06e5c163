package io.disassembler.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nodes that libtorch runs though ONNX's schema forbids them, which mutants of networks brought up:
 * refused when the network is taken apart, by the node's name.
 */
class BrokenSchemaTest {
  private static final Shape IMAGE = Shape.of(2, 3, 4, 5);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BatchNormalization | x three three five three | numbers in input 3: expected 3, found 5",
        "LayerNormalization | five x five              | more extents than what they apply to",
        "Unsqueeze          | x ones                   | different axes: expected 3, found 1",
        "Expand             | x floats                 | input 1: expected integers, found FLOAT",
        "TopK               | x ones                   | numbers in input 1: expected 1, found 3",
        "CumSum             | x none                   | numbers in input 1: expected 1, found 0",
      })
  void isNamed(String operator, String inputs, String words) {
    assertThatThrownBy(() -> open(operator, List.of(inputs.split(" ")), Map.of(), List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("broken.onnx", "node 'n' (" + operator + ")", words);
  }

  @Test
  void attributesBeyondAnyTensorAreNamed() {
    Map<String, Attribute> group = Map.of("group", new Attribute.Int(1L << 40));
    assertThatThrownBy(() -> open("Conv", List.of("x", "kernels"), group, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("'n' (Conv, opset 17)", "too large");
  }

  @Test
  void outputsAreWhatTheFileDeclaresThemToBe() {
    assertThatThrownBy(
            () -> open("Relu", List.of("x"), Map.of(), List.<Dimension>of(new Dimension.Fixed(2))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("'y' is declared as [2]", "computed as [2, 3, 4, 5]");
  }

  private static void open(
      String operator,
      List<String> inputs,
      Map<String, Attribute> attributes,
      List<Dimension> declared) {
    Network network =
        new Network.Builder("broken.onnx")
            .opset("", 17)
            .input(
                new Value(
                    "x",
                    ElementType.FLOAT,
                    Arrays.stream(IMAGE.dimensions())
                        .<Dimension>mapToObj(Dimension.Fixed::new)
                        .toList()))
            .weight(Weight.ofFloats("three", Shape.of(3), 1, 1, 1))
            .weight(Weight.ofFloats("five", Shape.of(5), 1, 1, 1, 1, 1))
            .weight(Weight.ofFloats("floats", Shape.of(4), 2, 3, 4, 5))
            .weight(Weight.ofLongs("ones", 1, 1, 1))
            .weight(Weight.ofFloats("kernels", Shape.of(1, 3, 1, 1), 1, 1, 1))
            .weight(Weight.ofLongs("none"))
            .node(Node.of("n", operator, inputs, List.of("y"), attributes))
            .output(new Value("y", ElementType.FLOAT, declared))
            .build();
    Anatomy.of(network, Map.of("x", IMAGE));
  }
}
