package io.disassembler.fuzz;

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
import java.util.Random;

/**
 * A segmentation network with some of everything: down, up, a shortcut, shapes that are computed.
 */
final class SmallNetwork {
  static final int SIZE = 16;
  static final int CATEGORIES = 4;

  private static final Map<String, Attribute> SAME =
      Map.of("pads", Attribute.Ints.of(1, 1, 1, 1), "kernel_shape", Attribute.Ints.of(3, 3));

  private final Random random = new Random(1);
  private final Network.Builder builder = new Network.Builder("small").opset("", 17);

  private SmallNetwork() {}

  static Network make() {
    return new SmallNetwork().build();
  }

  private Network build() {
    builder.input(
        new Value(
            "image",
            ElementType.FLOAT,
            List.of(
                new Dimension.Symbolic("batch"),
                new Dimension.Fixed(3),
                new Dimension.Fixed(SIZE),
                new Dimension.Fixed(SIZE))));
    conv("image", "first", 8, 3, SAME);
    normalize("first", 8);
    node("Relu", "full", Map.of(), "first.normal");
    node(
        "MaxPool",
        "pooled",
        Map.of("kernel_shape", Attribute.Ints.of(2, 2), "strides", Attribute.Ints.of(2, 2)),
        "full");
    conv("pooled", "deep.linear", 8, 8, SAME);
    node("Clip", "deep", Map.of(), "deep.linear", number("low", 0), number("high", 6));
    weight("up.w", Shape.of(8, 6, 2, 2), 0.5);
    node("ConvTranspose", "up", Map.of("strides", Attribute.Ints.of(2, 2)), "deep", "up.w");
    node("Shape", "size", Map.of("start", new Attribute.Int(2)), "full");
    builder.weight(Weight.ofLongs("open", -1, 8));
    node("Concat", "sizes", Map.of("axis", new Attribute.Int(0)), "open", "size");
    node("Reshape", "shaped", Map.of(), "full", "sizes");
    node("Concat", "joined", Map.of("axis", new Attribute.Int(1)), "shaped", "up");
    conv("joined", "mixed", 8, 14, Map.of());
    node("Add", "sum", Map.of(), "mixed", "full");
    conv("sum", "logits", CATEGORIES, 8, Map.of());
    return builder.output(new Value("logits", ElementType.FLOAT, List.of())).build();
  }

  private void conv(String from, String to, int outputs, int inputs, Map<String, Attribute> how) {
    int extent = how.isEmpty() ? 1 : 3;
    weight(to + ".w", Shape.of(outputs, inputs, extent, extent), 0.5);
    weight(to + ".b", Shape.of(outputs), 0.3);
    node("Conv", to, how, from, to + ".w", to + ".b");
  }

  private void normalize(String from, int channels) {
    for (String operand : List.of(".scale", ".shift", ".mean")) {
      weight(from + operand, Shape.of(channels), 0.5);
    }
    float[] ones = new float[channels];
    java.util.Arrays.fill(ones, 1);
    builder.weight(Weight.ofFloats(from + ".var", Shape.of(channels), ones));
    node(
        "BatchNormalization",
        from + ".normal",
        Map.of(),
        from,
        from + ".scale",
        from + ".shift",
        from + ".mean",
        from + ".var");
  }

  private String number(String name, float value) {
    builder.weight(Weight.ofFloats(name, Shape.of(), value));
    return name;
  }

  private void node(String operator, String to, Map<String, Attribute> how, String... from) {
    builder.node(Node.of(to + "." + operator, operator, List.of(from), List.of(to), how));
  }

  private void weight(String name, Shape shape, double scale) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    builder.weight(Weight.ofFloats(name, shape, values));
  }
}
