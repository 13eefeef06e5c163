package io.disassembler.attribution;

import io.disassembler.channel.Anatomy;
import io.disassembler.data.LabelMap;
import io.disassembler.data.LoadedImage;
import io.disassembler.data.Sample;
import io.disassembler.data.Size;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.profile.ProfileHeader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A little U-Net with random weights: a layer at full resolution, two at half (one depthwise), back
 * up, joined, and a classifier with strong opinions. Feature maps: full, half, deep, joined.
 */
final class SmallNetwork {
  static final int HEIGHT = 4;
  static final int WIDTH = 6;
  static final int CATEGORIES = 4;

  private final Random random;
  private final Network.Builder builder = new Network.Builder("small.onnx").opset("", 17);

  private SmallNetwork(long seed) {
    random = new Random(seed);
  }

  static Network network(long seed) {
    return new SmallNetwork(seed).build();
  }

  /** With one thread: it is so small that several would only wait for each other. */
  static Anatomy anatomy(Network network) {
    return Anatomy.of(network, Map.of("image", Shape.of(1, 3, HEIGHT, WIDTH)), 1);
  }

  static ProfileHeader header(double threshold, boolean labelled) {
    List<String> names = IntStream.range(0, CATEGORIES).mapToObj(Integer::toString).toList();
    return new ProfileHeader("ab", names, threshold, 0, new Size(HEIGHT, WIDTH), labelled, "1");
  }

  /** Image NUMBER, of its own random pixels; labelled with random categories, some ignored. */
  static LoadedImage image(int number, boolean labelled) {
    Random random = new Random(1000 + number);
    float[] pixels = new float[3 * HEIGHT * WIDTH];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    int[] labels = random.ints(HEIGHT * WIDTH, -1, CATEGORIES).toArray();
    return image(number, pixels, labelled ? labels : null);
  }

  private static LoadedImage image(int number, float[] pixels, int @Nullable [] labels) {
    Sample sample = new Sample("image" + number, Path.of("image" + number + ".png"), null);
    Size size = new Size(HEIGHT, WIDTH);
    LabelMap map = labels == null ? null : new LabelMap(size, labels);
    return new LoadedImage(number, sample, size, pixels, map);
  }

  /** The same network with weights and input in float64. */
  static Network inDoubles(Network network) {
    Network.Builder doubles = network.toBuilder();
    Network.Builder inputs = new Network.Builder("doubles.onnx").opset("", 17);
    network
        .inputs()
        .forEach(x -> inputs.input(new Value(x.name(), ElementType.DOUBLE, x.dimensions().get())));
    network.weights().values().forEach(weight -> inputs.weight(toDoubles(weight)));
    return inputs.nodes(doubles.build().nodes()).outputs(network.outputs()).build();
  }

  static Weight toDoubles(Weight weight) {
    float[] floats = weight.floats();
    java.nio.ByteBuffer raw =
        java.nio.ByteBuffer.allocate(8 * floats.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    for (float x : floats) {
      raw.putDouble(x);
    }
    return Weight.of(weight.name(), ElementType.DOUBLE, weight.shape(), raw.flip());
  }

  private Network build() {
    builder.input(
        new Value(
            "image",
            ElementType.FLOAT,
            List.of(
                new Dimension.Symbolic("batch"),
                new Dimension.Fixed(3),
                new Dimension.Fixed(HEIGHT),
                new Dimension.Fixed(WIDTH))));
    layer("Conv", "image", "full", Shape.of(4, 3, 3, 3), pads(1), 1, 1);
    layer("Conv", "full", "half", Shape.of(5, 4, 3, 3), pads(1), 2, 1);
    layer("Conv", "half", "deep", Shape.of(5, 1, 3, 3), pads(1), 1, 5);
    layer("ConvTranspose", "deep", "up", Shape.of(5, 3, 2, 2), pads(0), 2, 1);
    builder.node(
        Node.of(
            "join",
            "Concat",
            List.of("full", "up"),
            List.of("joined"),
            Map.of("axis", new Attribute.Int(1))));
    builder.weight(weight("w", Shape.of(CATEGORIES, 7, 1, 1), 4));
    builder.node(Node.of("classify", "Conv", List.of("joined", "w"), List.of("logits"), Map.of()));
    return builder.output(new Value("logits", ElementType.FLOAT, List.of())).build();
  }

  private static List<Long> pads(long pad) {
    return List.of(pad, pad, pad, pad);
  }

  private void layer(
      String operator,
      String from,
      String to,
      Shape shape,
      List<Long> pads,
      long stride,
      long group) {
    Map<String, Attribute> attributes = new HashMap<>();
    attributes.put("pads", new Attribute.Ints(pads));
    attributes.put("strides", Attribute.Ints.of(stride, stride));
    attributes.put("group", new Attribute.Int(group));
    long outputs = operator.equals("Conv") ? shape.dimension(0) : shape.dimension(1);
    List<String> inputs = new ArrayList<>(List.of(from, to + ".w", to + ".b"));
    builder.weight(weight(to + ".w", shape, 0.6));
    builder.weight(weight(to + ".b", Shape.of(outputs), 0.3));
    builder.node(Node.of(to + ".layer", operator, inputs, List.of(to + ".linear"), attributes));
    builder.node(Node.of(to + ".relu", "Relu", List.of(to + ".linear"), List.of(to), Map.of()));
  }

  private Weight weight(String name, Shape shape, double scale) {
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return Weight.ofFloats(name, shape, values);
  }
}
