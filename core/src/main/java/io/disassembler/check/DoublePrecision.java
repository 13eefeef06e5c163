package io.disassembler.check;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Networks and images in 64-bit floats, in which rounding hides no mistake: what is equal but for
 * rounding agrees to nine digits, also where a network magnifies rounding, as saturated attention
 * does.
 */
public final class DoublePrecision {
  private static final int ONNX_FLOAT = 1;
  private static final int ONNX_DOUBLE = 11;

  private DoublePrecision() {}

  /** The network with weights, inputs and outputs in 64 bits, without what it says of files. */
  public static Network of(Network network) {
    Network.Builder builder = new Network.Builder(network.name()).opset("", network.opset());
    network.inputs().forEach(input -> builder.input(of(input)));
    return builder
        .outputs(network.outputs().stream().map(DoublePrecision::of).toList())
        .weights(network.weights().values().stream().map(w -> of(network, w)).toList())
        .nodes(network.nodes().stream().map(DoublePrecision::of).toList())
        .build();
  }

  /** The weight in 64 bits, or as it is where it holds no floats of 32. */
  public static Weight of(Weight weight) {
    if (weight.type() != ElementType.FLOAT) {
      return weight;
    }
    float[] values = weight.floats();
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putDouble(value);
    }
    return Weight.of(weight.name(), ElementType.DOUBLE, weight.shape(), raw.flip());
  }

  /** ONNX has the scales of a Resize in 32 bits whatever it resizes. */
  private static Weight of(Network network, Weight weight) {
    boolean scales =
        network.nodes().stream()
            .anyMatch(n -> n.operator().equals("Resize") && n.inputs().contains(weight.name()));
    return scales ? weight : of(weight);
  }

  private static Value of(Value value) {
    return value.type() == ElementType.FLOAT
        ? new Value(value.name(), ElementType.DOUBLE, value.dimensions(), value.extra())
        : value;
  }

  private static Node of(Node node) {
    if (node.operator().equals("Cast")
        && node.attributes().get("to") instanceof Attribute.Int to
        && to.value() == ONNX_FLOAT) {
      return node.withAttribute("to", new Attribute.Int(ONNX_DOUBLE));
    }
    return node;
  }
}
