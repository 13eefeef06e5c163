package io.disassembler.evaluation;

import io.disassembler.data.CategoryMapping;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.onnx.OnnxWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Networks small enough to know what they should answer. */
final class TinyModels {
  private static final Map<String, Attribute> NONE = Map.of();

  private TinyModels() {}

  /** Its three scores are the three input channels. */
  static Network.Builder channelsAsScores() {
    return perPixel(3, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, new float[3]);
  }

  /** Scores are random linear functions of the pixel. */
  static Network.Builder randomScores(int categories, long seed) {
    Random random = new Random(seed);
    float[] weights = new float[categories * 3];
    float[] biases = new float[categories];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < biases.length; i++) {
      biases[i] = (float) random.nextGaussian();
    }
    return perPixel(categories, weights, biases);
  }

  /** A 1 x 1 convolution of "pixels" into "scores". */
  static Network.Builder perPixel(int categories, float[] weights, float[] biases) {
    return empty()
        .weight(Weight.ofFloats("w", Shape.of(categories, 3, 1, 1), weights))
        .weight(Weight.ofFloats("b", Shape.of(categories), biases))
        .node(Node.of("conv", "Conv", List.of("pixels", "w", "b"), List.of("scores"), NONE))
        .output(scores("scores"));
  }

  /** A network with the input "pixels" and nothing else. */
  static Network.Builder empty() {
    return new Network.Builder("tiny")
        .opset("", 17)
        .input(images("pixels", new Dimension.Symbolic("h"), new Dimension.Symbolic("w")));
  }

  static Value images(String name, Dimension height, Dimension width) {
    List<Dimension> nchw =
        List.of(new Dimension.Symbolic("n"), new Dimension.Fixed(3), height, width);
    return new Value(name, ElementType.FLOAT, nchw);
  }

  static Value scores(String name) {
    return new Value(name, ElementType.FLOAT, symbolic("n", "k", "oh", "ow"));
  }

  static List<Dimension> symbolic(String... names) {
    return List.of(names).stream().<Dimension>map(Dimension.Symbolic::new).toList();
  }

  /** Adds an ArgMax over the categories. */
  static Network.Builder argMax(Network.Builder network, boolean keepAxis) {
    return network
        .node(
            Node.of(
                "argmax",
                "ArgMax",
                List.of("scores"),
                List.of("labels"),
                Map.of(
                    "axis", new Attribute.Int(1), "keepdims", new Attribute.Int(keepAxis ? 1 : 0))))
        .outputs(
            List.of(
                new Value(
                    "labels",
                    ElementType.INT64,
                    keepAxis ? symbolic("n", "one", "h", "w") : symbolic("n", "h", "w"))));
  }

  /** Adds the head of a sub-network: the maximum of the scores not chosen, then the chosen ones. */
  static Network.Builder subNetwork(Network.Builder network, CategoryMapping mapping) {
    Map<String, Attribute> channels = Map.of("axis", new Attribute.Int(1));
    return network
        .weight(Weight.ofLongs("others", numbers(mapping.other())))
        .weight(Weight.ofLongs("chosen", numbers(mapping.chosen())))
        .node(Node.of("", "Gather", List.of("scores", "others"), List.of("o"), channels))
        .node(
            Node.of(
                "", "ReduceMax", List.of("o"), List.of("m"), Map.of("axes", Attribute.Ints.of(1))))
        .node(Node.of("", "Gather", List.of("scores", "chosen"), List.of("c"), channels))
        .node(Node.of("", "Concat", List.of("m", "c"), List.of("cut"), channels))
        .outputs(List.of(scores("cut")))
        .metadata(CategoryMapping.METADATA_KEY, mapping.toJson());
  }

  static Path write(Network.Builder network, Path file) {
    OnnxWriter.write(network.build(), file);
    return file;
  }

  private static long[] numbers(List<Integer> numbers) {
    return numbers.stream().mapToLong(Integer::longValue).toArray();
  }
}
