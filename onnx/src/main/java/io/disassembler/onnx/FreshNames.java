package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names that nothing in a graph has yet. */
final class FreshNames {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> repeats = new HashMap<>();

  FreshNames(GraphProto graph) {
    take(graph);
  }

  /** {@code wanted} if it is free, else {@code wanted} and a number. */
  String name(String wanted) {
    String name = wanted;
    while (!taken.add(name)) {
      name = wanted + "_" + repeats.merge(wanted, 1, Integer::sum);
    }
    return name;
  }

  private void take(GraphProto graph) {
    graph.getInputList().forEach(input -> taken.add(input.getName()));
    graph.getValueInfoList().forEach(value -> taken.add(value.getName()));
    graph.getInitializerList().forEach(weight -> taken.add(weight.getName()));
    graph.getSparseInitializerList().forEach(weight -> taken.add(weight.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      taken.add(node.getName());
      taken.addAll(node.getInputList());
      taken.addAll(node.getOutputList());
      Subgraphs.of(node).forEach(this::take);
    }
  }
}
