package io.disassembler.channel;

import static org.assertj.core.api.Assertions.assertThatNoException;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are no numbers are found when a network is opened, and named. */
class SoundWeightsTest {
  private static final int CHANNELS = 2;
  private static final Shape IMAGE = Shape.of(1, CHANNELS, 4, 4);

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aKernelThatIsNoNumberIsNamed(float value) {
    assertThatThrownBy(() -> open(new float[] {1, 0, value, 1}, 1e-5f, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("sound.onnx", "'conv' (Conv)", "'w'", value + " at element 2");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN})
  void aVarianceThatCannotBeDividedByIsNamed(float variance) {
    assertThatThrownBy(() -> open(new float[] {1, 0, 0, 1}, 0, variance))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("'bn' (BatchNormalization)", "variance", "channel 1");
  }

  @Test
  void aVarianceOfZeroIsFineWithAnEpsilon() {
    assertThatNoException().isThrownBy(() -> open(new float[] {1, 0, 0, 1}, 1e-5f, 0));
  }

  private static void open(float[] kernels, float epsilon, float variance) {
    Network network =
        new Network.Builder("sound.onnx")
            .opset("", 17)
            .input(new Value("image", ElementType.FLOAT, extents()))
            .weight(Weight.ofFloats("w", Shape.of(CHANNELS, CHANNELS, 1, 1), kernels))
            .weight(Weight.ofFloats("scale", Shape.of(CHANNELS), 1, 1))
            .weight(Weight.ofFloats("shift", Shape.of(CHANNELS), 0, 0))
            .weight(Weight.ofFloats("mean", Shape.of(CHANNELS), 0, 0))
            .weight(Weight.ofFloats("variance", Shape.of(CHANNELS), 1, variance))
            // Infinite on purpose, as masks of attention are: nothing was trained here.
            .weight(Weight.ofFloats("mask", Shape.of(1), Float.NEGATIVE_INFINITY))
            .node(Node.of("conv", "Conv", List.of("image", "w"), List.of("maps"), Map.of()))
            .node(
                Node.of(
                    "bn",
                    "BatchNormalization",
                    List.of("maps", "scale", "shift", "mean", "variance"),
                    List.of("normal"),
                    Map.of("epsilon", new Attribute.Real(epsilon))))
            .node(Node.of("max", "Max", List.of("normal", "mask"), List.of("logits"), Map.of()))
            .output(new Value("logits", ElementType.FLOAT, extents()))
            .build();
    Anatomy.of(network, Map.of("image", IMAGE));
  }

  private static List<Dimension> extents() {
    return List.of(
        new Dimension.Fixed(1),
        new Dimension.Fixed(CHANNELS),
        new Dimension.Fixed(4),
        new Dimension.Fixed(4));
  }
}
