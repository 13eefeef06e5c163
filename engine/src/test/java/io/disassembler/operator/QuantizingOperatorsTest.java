package io.disassembler.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.disassembler.base.InvalidInputException;
import io.disassembler.engine.NativeScope;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Operators on whole numbers against plain arithmetic. */
class QuantizingOperatorsTest {
  private static final long SEED = 11;

  private final Random random = new Random(SEED);

  private static Operator operator(
      String domain, String name, int inputs, Map<String, Attribute> attributes) {
    List<String> names = new ArrayList<>();
    Network.Builder network = new Network.Builder("one.onnx").opset("", 21);
    for (int i = 0; i < inputs; i++) {
      names.add("x" + i);
      network.input(new Value("x" + i, ElementType.FLOAT, Optional.empty(), Opaque.NONE));
    }
    network.node(new Node("one", name, domain, names, List.of("y"), attributes, Opaque.NONE));
    network.output(new Value("y", ElementType.FLOAT, Optional.empty(), Opaque.NONE));
    return Program.parse(network.build()).steps().get(0).operator();
  }

  private static List<long[]> run(
      String name, Map<String, Attribute> attributes, int outputs, Weight... inputs) {
    return NativeScope.in(
        () ->
            operator("", name, inputs.length, attributes)
                .run(new Inputs(Arrays.stream(inputs).map(TensorData::of).toList(), outputs))
                .stream()
                .map(made -> TensorData.longs(made))
                .toList());
  }

  private static Weight bytes(ElementType type, Shape shape, int... numbers) {
    ByteBuffer raw = ByteBuffer.allocate(numbers.length);
    for (int number : numbers) {
      raw.put((byte) number);
    }
    return Weight.of("q", type, shape, raw.flip());
  }

  private static Weight floats(float... numbers) {
    return Weight.ofFloats(
        "f", numbers.length == 1 ? Shape.of() : Shape.of(numbers.length), numbers);
  }

  private Weight random(ElementType type, long... shape) {
    Shape extents = Shape.of(shape);
    return bytes(type, extents, random.ints(extents.elements(), 0, 256).toArray());
  }

  @Test
  void quantizingRoundsTiesToEvenAndClamps() {
    Weight x = floats(0.5f, 1.5f, 2.5f, -0.5f, -1.5f, 300, -300, 0.24f);

    assertThat(
            run(
                "QuantizeLinear",
                Map.of(),
                1,
                x,
                floats(1),
                bytes(ElementType.UINT8, Shape.of(), 3)))
        .containsExactly(new long[] {3, 5, 5, 3, 1, 255, 0, 3});
    assertThat(
            run(
                "QuantizeLinear",
                Map.of(),
                1,
                x,
                floats(0.5f),
                bytes(ElementType.INT8, Shape.of(), -4)))
        .containsExactly(new long[] {-3, -1, 1, -5, -7, 127, -128, -4});
  }

  @Test
  void eachChannelHasItsScale() {
    Weight x = Weight.ofFloats("x", Shape.of(1, 2, 2), 1, 2, 3, 4);
    Weight scales = floats(0.5f, 2);
    Weight zeros = bytes(ElementType.UINT8, Shape.of(2), 10, 20);
    Map<String, Attribute> along = Map.of("axis", new Attribute.Int(-2));

    assertThat(run("QuantizeLinear", along, 1, x, scales, zeros))
        .containsExactly(new long[] {12, 14, 22, 22});
    assertThat(
            run(
                "DequantizeLinear",
                along,
                1,
                bytes(ElementType.UINT8, Shape.of(1, 2, 2), 12, 14, 22, 21),
                scales,
                zeros))
        .containsExactly(new long[] {1, 2, 4, 2});
  }

  @Test
  void dynamicScalesReachWhatThereIs() {
    List<long[]> found =
        NativeScope.in(
            () -> {
              List<Tensor> made =
                  operator("", "DynamicQuantizeLinear", 1, Map.of())
                      .run(new Inputs(List.of(TensorData.of(floats(-1, 0, 4.1f))), 3));
              assertThat(TensorData.floats(made.get(1))[0]).isEqualTo(5.1f / 255);
              return List.of(TensorData.longs(made.get(0)), TensorData.longs(made.get(2)));
            });
    assertThat(found).containsExactly(new long[] {0, 50, 255}, new long[] {50});
  }

  @Test
  void integerProductsAreExact() {
    Weight a = random(ElementType.UINT8, 3, 5);
    Weight b = random(ElementType.INT8, 5, 4);
    Weight zeroA = bytes(ElementType.UINT8, Shape.of(), 130);
    Weight zeroB = bytes(ElementType.INT8, Shape.of(4), 3, -7, 0, 100);
    long[] expected = new long[12];
    for (int i = 0; i < 12; i++) {
      for (int k = 0; k < 5; k++) {
        expected[i] +=
            (a.integers()[i / 4 * 5 + k] - 130)
                * (b.integers()[k * 4 + i % 4] - zeroB.integers()[i % 4]);
      }
    }

    assertThat(run("MatMulInteger", Map.of(), 1, a, b, zeroA, zeroB)).containsExactly(expected);
    long[] scaled = new long[12];
    for (int i = 0; i < 12; i++) {
      double steps = expected[i] * 0.25 * 0.5 / 64;
      scaled[i] = (long) Math.max(0, Math.min(255, Math.rint(steps) + 128));
    }
    assertThat(
            run(
                "QLinearMatMul",
                Map.of(),
                1,
                a,
                floats(0.25f),
                zeroA,
                b,
                floats(0.5f),
                zeroB,
                floats(64),
                bytes(ElementType.UINT8, Shape.of(), 128)))
        .containsExactly(scaled);
  }

  @Test
  void convolutionsPadWithTheZeroPoint() {
    Weight x = random(ElementType.UINT8, 1, 2, 3, 3);
    Weight w = random(ElementType.INT8, 2, 2, 3, 3);
    Weight zero = bytes(ElementType.UINT8, Shape.of(), 9);
    Map<String, Attribute> padded = Map.of("pads", Attribute.Ints.of(1, 1, 1, 1));
    long[] sums = new long[18];
    for (int at = 0; at < 18; at++) {
      for (int tap = 0; tap < 18; tap++) {
        int row = at / 3 % 3 + tap / 3 % 3 - 1;
        int column = at % 3 + tap % 3 - 1;
        if (row >= 0 && row < 3 && column >= 0 && column < 3) {
          long pixel = x.integers()[tap / 9 * 9 + row * 3 + column] - 9;
          sums[at] += pixel * w.integers()[at / 9 * 18 + tap];
        }
      }
    }

    assertThat(run("ConvInteger", padded, 1, x, w, zero)).containsExactly(sums);
    long[] expected = new long[18];
    float[] scales = {0.5f, 0.125f};
    int[] bias = {1000, -3000};
    for (int at = 0; at < 18; at++) {
      double steps = (sums[at] + bias[at / 9]) * 0.25 * scales[at / 9] / 16;
      expected[at] = (long) Math.max(-128, Math.min(127, Math.rint(steps) + 5));
    }
    ByteBuffer raw = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    raw.putInt(bias[0]).putInt(bias[1]).flip();
    assertThat(
            run(
                "QLinearConv",
                padded,
                1,
                x,
                floats(0.25f),
                zero,
                w,
                floats(scales),
                bytes(ElementType.INT8, Shape.of(2), 0, 0),
                floats(16),
                bytes(ElementType.INT8, Shape.of(), 5),
                Weight.of("b", ElementType.INT32, Shape.of(2), raw)))
        .containsExactly(expected);
  }

  @Test
  void fakeQuantizationIsBothWaysAndItsGradientGoesStraightThrough() {
    Weight x = Weight.ofFloats("x", Shape.of(1, 6), 0.3f, -0.7f, 2.5f, 200, -200, 0);
    Weight zero = bytes(ElementType.INT8, Shape.of(), 10);
    NativeScope.run(
        () -> {
          Tensor image = TensorData.of(x).requires_grad_(true);
          Operator operator =
              operator("disassembler", "FakeQuantize", 3, Map.of("axis", new Attribute.Int(1)));
          Tensor made =
              operator
                  .run(
                      new Inputs(
                          List.of(image, TensorData.of(floats(0.5f)), TensorData.of(zero)), 1))
                  .get(0);
          made.sum().backward();
          assertThat(TensorData.floats(made)).containsExactly(0.5f, -0.5f, 2.5f, 58.5f, -69, 0);
          assertThat(TensorData.floats(image.grad())).containsExactly(1, 1, 1, 0, 0, 1);
          assertThat(made.scalar_type().intern()).isEqualTo(ScalarType.Float);
        });
  }

  @Test
  void dynamicFakeQuantizationIsDequantizedAgain() {
    float[] numbers = new float[100];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    NativeScope.run(
        () -> {
          Tensor x = TensorData.of(floats(numbers));
          List<Tensor> parts =
              operator("", "DynamicQuantizeLinear", 1, Map.of()).run(new Inputs(List.of(x), 3));
          Tensor expected =
              operator("", "DequantizeLinear", 3, Map.of()).run(new Inputs(parts, 1)).get(0);
          Tensor found =
              operator("disassembler", "FakeQuantize", 1, Map.of())
                  .run(new Inputs(List.of(x), 1))
                  .get(0);
          assertThat(TensorData.floats(found)).containsExactly(TensorData.floats(expected));
        });
  }

  @Test
  void blocksAreRefused() {
    assertThatThrownBy(
            () -> operator("", "DequantizeLinear", 2, Map.of("block_size", new Attribute.Int(32))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'block_size' should be 0")
        .hasMessageContaining("found 32");
  }
}
