package io.disassembler.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.check.RandomSelection;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Shape;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import io.disassembler.selection.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A small network written down node by node, with random weights, for an image (2, 3, 6, 6). */
final class NetworkSketch {
  static final String IMAGE = "image";
  static final Shape SHAPE = Shape.of(2, 3, 6, 6);

  /** Open, so that what is computed from shapes is not computed beforehand. */
  private static final List<Dimension> ANY =
      List.of(
          new Dimension.Symbolic("n"),
          new Dimension.Fixed(3),
          new Dimension.Symbolic("h"),
          new Dimension.Symbolic("w"));

  private final Random random = new Random(7);
  private final List<Node> nodes = new ArrayList<>();
  private final List<Weight> weights = new ArrayList<>();
  private final int opset;

  NetworkSketch(int opset) {
    this.opset = opset;
  }

  /** Adds a node and returns the name of its first output. */
  String node(String operator, Map<String, Attribute> attributes, String... inputs) {
    String output = operator + nodes.size();
    nodes.add(Node.of(output + "_node", operator, List.of(inputs), List.of(output), attributes));
    return output;
  }

  /** Adds a node with several outputs and returns their names. */
  List<String> nodes(
      String operator, Map<String, Attribute> attributes, int outputs, String... inputs) {
    String name = operator + nodes.size();
    List<String> names = IntStream.range(0, outputs).mapToObj(i -> name + "_" + i).toList();
    nodes.add(Node.of(name + "_node", operator, List.of(inputs), names, attributes));
    return names;
  }

  /** A 3x3 convolution from {@code in} to {@code out} channels that keeps the size. */
  String convolution(String x, int in, int out) {
    return node(
        "Conv",
        Map.of("pads", Attribute.Ints.of(1, 1, 1, 1)),
        x,
        weight(out, in, 3, 3),
        weight(out));
  }

  /** A weight of positive random numbers of the given shape. */
  String weight(long... shape) {
    Shape extents = Shape.of(shape);
    float[] values = new float[Math.toIntExact(extents.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.1f + random.nextFloat();
    }
    weights.add(Weight.ofFloats("w" + weights.size(), extents, values));
    return "w" + (weights.size() - 1);
  }

  /** A weight of integers. */
  String integers(long... values) {
    weights.add(Weight.ofLongs("w" + weights.size(), values));
    return "w" + (weights.size() - 1);
  }

  /** A weight of integers of the given shape. */
  String integers(Shape shape, long[] values) {
    weights.add(Weight.ofLongs("w" + weights.size(), shape, values));
    return "w" + (weights.size() - 1);
  }

  /** A scalar weight of one integer. */
  String integer(long value) {
    weights.add(Weight.ofLongs("w" + weights.size(), Shape.of(), value));
    return "w" + (weights.size() - 1);
  }

  CutHarness endingIn(String output) {
    Network network =
        new Network.Builder("sketch.onnx")
            .opset("", opset)
            .input(new Value(IMAGE, ElementType.FLOAT, ANY))
            .nodes(nodes)
            .weights(weights)
            .output(new Value(output, ElementType.FLOAT, List.of()))
            .build();
    return new CutHarness(network, Map.of(IMAGE, SHAPE), 11);
  }

  /**
   * Asserts that the network that ends in {@code output} has so many channel groups, and that five
   * random selections of them, and the least that can be kept, agree with masking.
   */
  CutHarness assertCuts(String output, int groups) {
    CutHarness harness = endingIn(output);
    assertThat(harness.groups.groups())
        .as("groups; pins: " + harness.groups.pins())
        .hasSize(groups);
    Random choice = new Random(5);
    List<Selection> selections = new ArrayList<>(List.of(harness.least()));
    for (int i = 0; i < 5; i++) {
      selections.add(RandomSelection.of(harness.groups, choice));
    }
    for (Selection selection : selections) {
      assertThat(
              CutHarness.difference(harness.masked(selection), harness.run(harness.cut(selection))))
          .isLessThan(1e-4);
    }
    return harness;
  }

  /** Asserts that nothing can be cut, for a reason that contains {@code reason}. */
  void assertKeeps(String output, String reason) {
    CutHarness harness = endingIn(output);
    assertThat(harness.groups.groups()).isEmpty();
    assertThat(harness.groups.pins().values()).anyMatch(text -> text.contains(reason));
  }
}
