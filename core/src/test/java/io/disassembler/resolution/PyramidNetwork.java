package io.disassembler.resolution;

import io.disassembler.channel.Anatomy;
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
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A network whose file states the sizes of its feature maps wherever exporters do: pooling of all
 * places by a kernel as large as the map, to two rows by slices, to half of the places by
 * positions, channels that are shuffled, attention over flattened places, interpolation to given
 * sizes. Works at a fourth of the images' sides. Random weights, the same for every size.
 */
public final class PyramidNetwork {
  static final int CATEGORIES = 4;
  private static final int WIDTH = 8;

  private final Random random = new Random(3);
  private final Network.Builder builder = new Network.Builder("pyramid.onnx").opset("", 17);
  private final long height;
  private final long width;

  private PyramidNetwork(long height, long width, Dimension rows, Dimension columns) {
    this.height = height / 4;
    this.width = width / 4;
    builder.input(
        new Value(
            "image",
            ElementType.FLOAT,
            List.of(new Dimension.Fixed(1), new Dimension.Fixed(3), rows, columns)));
  }

  /**
   * The network for images of a size.
   *
   * @param out the size of its maps
   */
  static Network of(long height, long width, long... out) {
    return new PyramidNetwork(
            height, width, new Dimension.Fixed(height), new Dimension.Fixed(width))
        .build(out);
  }

  /** Convolutions alone, for images of any size; its maps are a fourth as large. */
  public static Network open() {
    PyramidNetwork network =
        new PyramidNetwork(0, 0, new Dimension.Symbolic("h"), new Dimension.Symbolic("w"));
    network.layer("half", "image", WIDTH, 3, 2);
    network.node("rectified", "Relu", Map.of(), "half");
    network.layer("features", "rectified", WIDTH, WIDTH, 1);
    network.node("again", "Relu", Map.of(), "features");
    network.layer("logits", "again", CATEGORIES, WIDTH, 2);
    return network.builder.output(new Value("logits", ElementType.FLOAT, List.of())).build();
  }

  /** One that reads all pixels by one matrix. */
  static Network flat(long height, long width) {
    PyramidNetwork network =
        new PyramidNetwork(height, width, new Dimension.Fixed(height), new Dimension.Fixed(width));
    long places = 3 * height * width;
    float[] matrix = new float[Math.toIntExact(places * places)];
    network.builder.weight(Weight.ofFloats("matrix", Shape.of(places, places), matrix));
    network.node("line", "Reshape", Map.of(), "image", network.longs("one", 1, places));
    network.node("mixed", "MatMul", Map.of(), "line", "matrix");
    network.node(
        "logits", "Reshape", Map.of(), "mixed", network.longs("back", 1, 3, height, width));
    return network.builder.output(new Value("logits", ElementType.FLOAT, List.of())).build();
  }

  /** Interpolation to a size. */
  static Network resize(long channels, long... places) {
    PyramidNetwork network =
        new PyramidNetwork(0, 0, new Dimension.Symbolic("h"), new Dimension.Symbolic("w"));
    network.builder.node(
        Node.of(
            "resize",
            "Resize",
            List.of("image", "", "", network.longs("sizes", 1, channels, places[0], places[1])),
            List.of("resized"),
            Map.of("mode", new Attribute.Text("linear"))));
    return network.builder.output(new Value("resized", ElementType.FLOAT, List.of())).build();
  }

  public static Anatomy anatomy(Network network, long height, long width) {
    return Anatomy.of(network, Map.of("image", Shape.of(1, 3, height, width)));
  }

  /** Normally distributed. */
  static Weight image(long height, long width) {
    Random pixels = new Random(height);
    float[] values = new float[Math.toIntExact(3 * height * width)];
    IntStream.range(0, values.length).forEach(i -> values[i] = (float) pixels.nextGaussian());
    return Weight.ofFloats("image", Shape.of(1, 3, height, width), values);
  }

  private Network build(long... out) {
    layer("half", "image", WIDTH, 3, 2);
    layer("features", "half", WIDTH, WIDTH, 2);
    node("ReLU", "Relu", Map.of(), "features");
    String map = "ReLU";
    node("all", "AveragePool", Map.of("kernel_shape", Attribute.Ints.of(height, width)), map);
    enlarge("context", "all", WIDTH, height, width);
    for (int row = 0; row < 2; row++) {
      node(
          "part" + row,
          "Slice",
          Map.of(),
          map,
          longs("from" + row, row * height / 2),
          longs("to" + row, (row + 1) * height / 2),
          longs("axis" + row, 2));
      node("row" + row, "ReduceMean", Map.of("axes", Attribute.Ints.of(2)), "part" + row);
    }
    node("rows", "Concat", Map.of("axis", new Attribute.Int(2)), "row0", "row1");
    enlarge("bands", "rows", WIDTH, height, width);
    node(
        "columns",
        "Gather",
        Map.of("axis", new Attribute.Int(3)),
        map,
        longs("places", IntStream.range(0, (int) width / 2).mapToLong(i -> 2L * i).toArray()));
    enlarge("coarse", "columns", WIDTH, height, width);
    node("split", "Reshape", Map.of(), map, longs("pairs", 1, 2, WIDTH / 2, height, width));
    node("turned", "Transpose", Map.of("perm", Attribute.Ints.of(0, 2, 1, 3, 4)), "split");
    node("shuffled", "Reshape", Map.of(), "turned", longs("joined", 1, WIDTH, height, width));
    node("flat", "Reshape", Map.of(), "shuffled", longs("line", 1, WIDTH, height * width));
    node("weights", "Softmax", Map.of("axis", new Attribute.Int(2)), "flat");
    node("attended", "Reshape", Map.of(), "weights", longs("square", 1, WIDTH, height, width));
    node(
        "together",
        "Concat",
        Map.of("axis", new Attribute.Int(1)),
        map,
        "context",
        "bands",
        "coarse",
        "attended");
    layer("scores", "together", CATEGORIES, 5 * WIDTH, 1);
    enlarge("logits", "scores", CATEGORIES, out);
    return builder.output(new Value("logits", ElementType.FLOAT, List.of())).build();
  }

  private void layer(String output, String input, int kernels, int in, int stride) {
    float[] values = new float[kernels * in * 9];
    IntStream.range(0, values.length)
        .forEach(i -> values[i] = (float) (random.nextGaussian() / Math.sqrt(9.0 * in)));
    builder.weight(Weight.ofFloats(output + ".w", Shape.of(kernels, in, 3, 3), values));
    builder.weight(Weight.ofFloats(output + ".b", Shape.of(kernels), new float[kernels]));
    node(
        output,
        "Conv",
        Map.of("pads", Attribute.Ints.of(1, 1, 1, 1), "strides", Attribute.Ints.of(stride, stride)),
        input,
        output + ".w",
        output + ".b");
  }

  private void enlarge(String output, String input, long channels, long... places) {
    builder.node(
        Node.of(
            output + "_node",
            "Resize",
            List.of(input, "", "", longs(output + ".sizes", 1, channels, places[0], places[1])),
            List.of(output),
            Map.of(
                "mode",
                new Attribute.Text("linear"),
                "coordinate_transformation_mode",
                new Attribute.Text("align_corners"))));
  }

  private String longs(String name, long... values) {
    builder.weight(Weight.ofLongs(name, values));
    return name;
  }

  private void node(
      String output, String operator, Map<String, Attribute> attributes, String... inputs) {
    builder.node(
        Node.of(
            output + "_node",
            operator,
            List.of(inputs),
            List.of(output),
            new TreeMap<>(attributes)));
  }
}
