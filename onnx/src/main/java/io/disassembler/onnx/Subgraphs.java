package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The graphs inside nodes ({@code If}, {@code Loop}, {@code Scan}), which see outer values. */
final class Subgraphs {
  private Subgraphs() {}

  static Stream<GraphProto> of(NodeProto node) {
    return node.getAttributeList().stream().flatMap(Subgraphs::of);
  }

  /** {@code nodes} and all those inside them. */
  static Stream<NodeProto> allNodes(List<NodeProto> nodes) {
    return nodes.stream()
        .flatMap(
            node ->
                Stream.concat(
                    Stream.of(node), of(node).flatMap(graph -> allNodes(graph.getNodeList()))));
  }

  /**
   * Names of the values that {@code node} reads, or that graphs inside it read or hand out. Values
   * of those graphs are among them; ONNX forbids these the names of outer values, so they do no
   * harm.
   */
  static Set<String> reads(NodeProto node) {
    Set<String> names = new HashSet<>(node.getInputList());
    of(node)
        .forEach(
            graph -> {
              graph.getNodeList().forEach(inner -> names.addAll(reads(inner)));
              graph.getOutputList().forEach(output -> names.add(output.getName()));
            });
    names.remove("");
    return names;
  }

  private static Stream<GraphProto> of(AttributeProto attribute) {
    return Stream.concat(
        attribute.hasG() ? Stream.of(attribute.getG()) : Stream.empty(),
        attribute.getGraphsList().stream());
  }
}
