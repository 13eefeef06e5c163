package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer is its kernels times its taps. */
class TapsTest {
  private static Attribute ints(long... values) {
    return Attribute.Ints.of(values);
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of("Conv", Map.of(), new long[] {2, 3, 9, 8}, new long[] {4, 3, 3, 3}),
        Arguments.of(
            "Conv",
            Map.of("pads", ints(1, 0, 2, 1), "strides", ints(2, 1), "dilations", ints(1, 2)),
            new long[] {2, 3, 9, 8},
            new long[] {4, 3, 3, 2}),
        Arguments.of(
            "Conv",
            Map.of("auto_pad", new Attribute.Text("SAME_UPPER"), "strides", ints(2)),
            new long[] {1, 2, 11},
            new long[] {3, 2, 4}),
        Arguments.of(
            "ConvTranspose",
            Map.of("strides", ints(2, 2), "pads", ints(1, 1, 1, 1), "output_padding", ints(1, 1)),
            new long[] {2, 3, 5, 4},
            new long[] {3, 4, 3, 3}),
        Arguments.of(
            "ConvTranspose",
            Map.of("strides", ints(2, 2), "pads", ints(1, 0, 0, 0)),
            new long[] {1, 3, 5, 4},
            new long[] {3, 2, 2, 3}));
  }

  private static Operator layer(String operator, Map<String, Attribute> attributes) {
    Network network =
        new Network.Builder("layer.onnx")
            .opset("", 17)
            .input(new Value("x", ElementType.FLOAT, Optional.empty(), Opaque.NONE))
            .input(new Value("w", ElementType.FLOAT, Optional.empty(), Opaque.NONE))
            .node(Node.of("layer", operator, List.of("x", "w"), List.of("y"), attributes))
            .output(new Value("y", ElementType.FLOAT, Optional.empty(), Opaque.NONE))
            .build();
    return Program.parse(network).steps().get(0).operator();
  }

  private static Tensor taps(Operator layer, Inputs inputs, int every) {
    return ((Weighted) layer).taps(inputs, every).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void atSomePositionsAreThoseOfAll(
      String operator, Map<String, Attribute> attributes, long[] input, long[] weight) {
    Operator layer = layer(operator, attributes);
    NativeScope.run(
        () -> {
          torch.manual_seed(5);
          Inputs inputs = new Inputs(Arrays.asList(torch.randn(input), torch.randn(weight)), 1);
          Tensor expected = Positions.of(taps(layer, inputs, 1), 3);
          Tensor found = taps(layer, inputs, 3);
          assertThat(found.sizes().vec().get()).isEqualTo(expected.sizes().vec().get());
          assertThat(found.equal(expected)).isTrue();
        });
  }

  @ParameterizedTest
  @MethodSource("layers")
  void giveTheLayersOutputWhenMultipliedWithItsKernels(
      String operator, Map<String, Attribute> attributes, long[] input, long[] weight) {
    Operator layer = layer(operator, attributes);
    NativeScope.run(
        () -> {
          torch.manual_seed(5);
          Tensor x = torch.randn(input);
          Tensor w = torch.randn(weight);
          Inputs inputs = new Inputs(Arrays.asList(x, w), 1);
          Tensor expected = layer.run(inputs).get(0);
          Tensor taps = taps(layer, inputs, 1);
          boolean inputFirst = operator.equals("ConvTranspose");
          Tensor rows = (inputFirst ? w.transpose(0, 1) : w).reshape(expected.size(1), -1);
          Tensor found =
              torch.matmul(rows, taps.reshape(taps.size(0), taps.size(1), -1)).view_as(expected);
          assertThat(found.sub(expected).abs().max().item_double()).isLessThan(1e-4);
        });
  }
}
