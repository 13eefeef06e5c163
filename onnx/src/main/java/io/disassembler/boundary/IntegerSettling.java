package io.disassembler.boundary;

import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Quantized;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Weight;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rounds the weights of a network that have changed to whole numbers of the kind that its file has.
 * Scales are found anew; a bias is in units of the product of its layer's scales, as ONNX Runtime
 * wants it.
 */
final class IntegerSettling {
  private static final Set<String> LAYERS = Set.of("Conv", "ConvTranspose", "Gemm");
  private static final int KERNELS = 1;
  private static final int BIAS = 2;

  private final Network network;
  private final Map<String, Weight> weights = new LinkedHashMap<>();

  IntegerSettling(Network network) {
    this.network = network;
  }

  Network settled() {
    for (Node node : network.nodes()) {
      for (int input = 0; input < node.inputs().size(); input++) {
        if (!(input == BIAS && LAYERS.contains(node.operator()))) {
          settle(node.input(input));
        }
      }
      if (LAYERS.contains(node.operator())) {
        settleBias(node);
      }
    }
    if (weights.isEmpty()) {
      return network;
    }
    Network.Builder builder = network.toBuilder();
    weights.values().forEach(builder::weight);
    return builder.build();
  }

  private void settle(String name) {
    Quantized like = network.boundary().quantized().get(name);
    Weight weight = network.weights().get(name);
    if (like != null
        && weight != null
        && weight.quantized().isEmpty()
        && !weights.containsKey(name)) {
      weights.put(name, QuantizedWeights.alike(weight, like).floats(name));
    }
  }

  private void settleBias(Node layer) {
    String name = layer.input(BIAS);
    Weight bias = network.weights().get(name);
    Weight settled = weights.get(layer.input(KERNELS));
    Weight kernels = settled == null ? network.weights().get(layer.input(KERNELS)) : settled;
    if (bias == null || kernels == null || kernels.quantized().isEmpty()) {
      return;
    }
    Quantized like = network.boundary().quantized().get(name);
    boolean changed = like != null && bias.quantized().isEmpty();
    if (settled == null && !changed) {
      return;
    }
    Optional<Weight> scale =
        scale(layer.input(0)).map(input -> product(name, input, kernels.quantized().get().scale()));
    if (scale.isEmpty() && like != null && bias.shape().equals(like.values().shape())) {
      scale = Optional.of(like.scale());
    }
    if (scale.isEmpty() || scale.get().shape().rank() > 1 || !reaches(scale.get(), bias)) {
      return;
    }
    int axis = scale.get().shape().elements() == 1 ? Quantized.NO_AXIS : 0;
    Weight unit = scale.get();
    Optional<Weight> zero =
        like == null || like.zeroPoint().isEmpty()
            ? Optional.empty()
            : Optional.of(zeros(like.zeroPoint().get().name(), unit.shape()));
    String stored = like == null ? name + "/integers" : like.values().name();
    Weight named = like == null ? unit : unit.withName(like.scale().name());
    weights.put(
        name,
        QuantizedWeights.rounded(bias, stored, ElementType.INT32, named, zero, axis).floats(name));
  }

  private static Weight zeros(String name, Shape shape) {
    return QuantizedWeights.integers(
        name, ElementType.INT32, shape, new long[Math.toIntExact(shape.elements())]);
  }

  /** Whether 32 bits hold all of {@code bias}; infinite numbers are not held. */
  private static boolean reaches(Weight scale, Weight bias) {
    float[] steps = scale.floats();
    float[] numbers = bias.floats();
    for (int i = 0; i < numbers.length; i++) {
      if (!(Math.abs((double) numbers[i] / steps[i % steps.length]) < Integer.MAX_VALUE)) {
        return false;
      }
    }
    return true;
  }

  private static Weight product(String bias, Weight input, Weight kernels) {
    float[] products = kernels.floats();
    float step = input.floats()[0];
    for (int i = 0; i < products.length; i++) {
      products[i] *= step;
    }
    return Weight.ofFloats(bias + "/scale", kernels.shape(), products);
  }

  /** The one scale of what flows as whole numbers in the file; empty if there is none. */
  private Optional<Weight> scale(String value) {
    Optional<Node> maker = network.producer(value);
    if (maker.isEmpty()) {
      return Optional.empty();
    }
    if (FakeQuantize.is(maker.get())) {
      return network.weight(maker.get().input(1)).filter(scale -> scale.shape().elements() == 1);
    }
    return IntegerMoves.is(maker.get())
        ? scale(IntegerMoves.moved(maker.get()).get(0))
        : Optional.empty();
  }
}
