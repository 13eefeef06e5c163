package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sequences of tensors of which is known what they hold. */
final class KnownSequences {
  private final Map<String, List<String>> known = new HashMap<>();

  /**
   * Takes note of the sequence that {@code node} makes, if that is known.
   *
   * @return the node without sequences where it makes a tensor of one that is known, else {@code
   *     node}
   */
  NodeProto follow(NodeProto node, KnownScalars scalars) {
    boolean standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
    if (!standard || node.getOutputCount() != 1) {
      return node;
    }
    switch (node.getOpType()) {
      case "SequenceEmpty" -> known.put(node.getOutput(0), List.of());
      case "SequenceConstruct" -> known.put(node.getOutput(0), List.copyOf(node.getInputList()));
      case "Identity" -> of(node).ifPresent(same -> known.put(node.getOutput(0), same));
      case "SequenceInsert" -> insert(node, scalars);
      case "ConcatFromSequence" -> {
        return concatenated(node);
      }
      case "SequenceAt" -> {
        return picked(node, scalars);
      }
      default -> {}
    }
    return node;
  }

  /** The nodes but for those that make sequences that nothing reads. */
  List<NodeProto> withoutUnread(List<NodeProto> nodes, Set<String> outputs) {
    Set<String> read = new HashSet<>(outputs);
    Deque<NodeProto> left = new ArrayDeque<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      boolean sequence = node.getOutputCount() == 1 && known.containsKey(node.getOutput(0));
      if (!sequence || read.contains(node.getOutput(0))) {
        read.addAll(Subgraphs.reads(node));
        left.addFirst(node);
      }
    }
    return List.copyOf(left);
  }

  private Optional<List<String>> of(NodeProto node) {
    return node.getInputCount() == 0
        ? Optional.empty()
        : Optional.ofNullable(known.get(node.getInput(0)));
  }

  private void insert(NodeProto node, KnownScalars scalars) {
    Optional<List<String>> before = of(node);
    if (before.isEmpty() || node.getInputCount() < 2) {
      return;
    }
    List<String> after = new ArrayList<>(before.get());
    boolean last = node.getInputCount() < 3 || node.getInput(2).isEmpty();
    Optional<Integer> position =
        last ? Optional.of(after.size()) : position(node.getInput(2), after.size(), scalars);
    position
        .filter(place -> place <= after.size())
        .ifPresent(
            place -> {
              after.add(place, node.getInput(1));
              known.put(node.getOutput(0), List.copyOf(after));
            });
  }

  private NodeProto concatenated(NodeProto node) {
    Optional<List<String>> parts = of(node).filter(list -> !list.isEmpty());
    List<AttributeProto> axis =
        node.getAttributeList().stream().filter(a -> a.getName().equals("axis")).toList();
    boolean stacks =
        node.getAttributeList().stream()
            .anyMatch(a -> a.getName().equals("new_axis") && a.getI() != 0);
    return parts.isEmpty() || stacks
        ? node
        : node.toBuilder()
            .setOpType("Concat")
            .clearInput()
            .addAllInput(parts.get())
            .clearAttribute()
            .addAllAttribute(axis)
            .build();
  }

  private NodeProto picked(NodeProto node, KnownScalars scalars) {
    Optional<List<String>> list = of(node);
    return list.filter(parts -> node.getInputCount() > 1)
        .flatMap(parts -> position(node.getInput(1), parts.size(), scalars))
        .filter(place -> place < list.get().size())
        .map(
            place ->
                node.toBuilder()
                    .setOpType("Identity")
                    .clearInput()
                    .addInput(list.get().get(place))
                    .build())
        .orElse(node);
  }

  /** A known position, counted from the back where it is negative; empty if it is outside. */
  private static Optional<Integer> position(String value, int size, KnownScalars scalars) {
    return scalars
        .of(value)
        .map(place -> place < 0 ? place + size : place)
        .filter(place -> place >= 0 && place <= size)
        .map(Long::intValue);
  }
}
