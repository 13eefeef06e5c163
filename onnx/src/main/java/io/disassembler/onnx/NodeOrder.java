package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Topological order of nodes. Among the nodes that could come next it takes the one that the file
 * has first, so nodes in order stay as they are.
 */
final class NodeOrder {
  private final List<NodeProto> nodes;
  private final Map<String, Integer> makers = new HashMap<>();
  private final List<Set<Integer>> before = new ArrayList<>();
  private final List<List<Integer>> after = new ArrayList<>();

  private NodeOrder(List<NodeProto> nodes) {
    this.nodes = nodes;
    for (int i = 0; i < nodes.size(); i++) {
      for (String output : nodes.get(i).getOutputList()) {
        makers.putIfAbsent(output, i);
      }
      after.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      Set<Integer> needed = new TreeSet<>();
      for (String input : Subgraphs.reads(nodes.get(i))) {
        Integer maker = makers.get(input);
        if (maker != null && needed.add(maker)) {
          after.get(maker).add(i);
        }
      }
      before.add(needed);
    }
  }

  /**
   * @throws InvalidInputException if the nodes form a cycle
   */
  static List<NodeProto> sort(String file, List<NodeProto> nodes) {
    return new NodeOrder(nodes).sort(file);
  }

  private List<NodeProto> sort(String file) {
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    int[] waiting = new int[nodes.size()];
    for (int i = 0; i < waiting.length; i++) {
      waiting[i] = before.get(i).size();
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<NodeProto> sorted = new ArrayList<>();
    for (Integer next = ready.poll(); next != null; next = ready.poll()) {
      sorted.add(nodes.get(next));
      for (int reader : after.get(next)) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    if (sorted.size() < nodes.size()) {
      throw new InvalidInputException(
          "%s: the nodes %s form a cycle; a network's values must not depend on themselves"
              .formatted(file, cycle(waiting)));
    }
    return sorted;
  }

  /** Follows what is waited for until a node comes up again. */
  private String cycle(int[] waiting) {
    int current = 0;
    while (waiting[current] == 0) {
      current++;
    }
    Set<Integer> seen = new LinkedHashSet<>();
    while (seen.add(current)) {
      current = before.get(current).stream().filter(i -> waiting[i] > 0).findFirst().orElseThrow();
    }
    int first = current;
    return seen.stream()
        .dropWhile(i -> i != first)
        .map(i -> "'" + label(nodes.get(i)) + "'")
        .collect(Collectors.joining(", "));
  }

  private static String label(NodeProto node) {
    return node.getName().isEmpty()
        ? node.getOpType() + " -> " + String.join(", ", node.getOutputList())
        : node.getName();
  }
}
