package io.disassembler.cli;

import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The networks of {@link Scenes} as other exporters would write them. */
final class FileForms {
  private FileForms() {}

  /** With images N x H x W x C, or another order of axes. */
  static Network images(Network plain, List<Dimension> declared, Long... toPlain) {
    Value image = plain.inputs().get(0);
    List<Node> nodes = new ArrayList<>();
    nodes.add(transpose(image.name(), image.name() + ".nchw", toPlain));
    for (Node node : plain.nodes()) {
      nodes.add(
          node.withInputs(
              node.inputs().stream()
                  .map(input -> input.equals(image.name()) ? image.name() + ".nchw" : input)
                  .toList()));
    }
    return plain.toBuilder()
        .inputs(List.of(new Value(image.name(), image.type(), declared)))
        .nodes(nodes)
        .build();
  }

  /** With scores N x H x W x K at the end, and more nodes behind them if need be. */
  static Network scores(Network plain, Node... behind) {
    Value scores = plain.outputs().get(0);
    List<Node> nodes = new ArrayList<>();
    for (Node node : plain.nodes()) {
      nodes.add(
          node.withOutputs(
              node.outputs().stream()
                  .map(output -> output.equals(scores.name()) ? output + ".nchw" : output)
                  .toList()));
    }
    nodes.add(transpose(scores.name() + ".nchw", scores.name(), 0L, 2L, 3L, 1L));
    nodes.addAll(List.of(behind));
    List<Dimension> d = scores.dimensions().orElseThrow();
    String last = behind.length == 0 ? scores.name() : behind[behind.length - 1].outputs().get(0);
    ElementType type =
        behind.length > 0 && behind[behind.length - 1].operator().equals("ArgMax")
            ? ElementType.INT64
            : scores.type();
    boolean numbers =
        type == ElementType.INT64 && behind[behind.length - 1].attributes().containsKey("keepdims");
    List<Dimension> nhwc = List.of(d.get(0), d.get(2), d.get(3), d.get(1));
    return plain.toBuilder()
        .nodes(nodes)
        .outputs(List.of(new Value(last, type, numbers ? nhwc.subList(0, 3) : nhwc)))
        .build();
  }

  static List<Dimension> nhwc() {
    return List.of(
        new Dimension.Symbolic("n"),
        new Dimension.Symbolic("h"),
        new Dimension.Symbolic("w"),
        new Dimension.Fixed(3));
  }

  static List<Dimension> fixed(long... extents) {
    List<Dimension> dimensions = new ArrayList<>();
    for (long extent : extents) {
      dimensions.add(new Dimension.Fixed(extent));
    }
    return dimensions;
  }

  static Node transpose(String from, String to, Long... order) {
    return Node.of(
        to + ".t",
        "Transpose",
        List.of(from),
        List.of(to),
        Map.of("perm", new Attribute.Ints(List.of(order))));
  }
}
