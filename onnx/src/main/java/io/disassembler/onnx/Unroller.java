package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes out the loops, branches and sequences whose course the file fixes, as PyTorch's exporter
 * makes of strided views: a {@code Loop} with a stored count becomes its body so many times, an
 * {@code If} with a known condition its branch, and what is concatenated from a sequence of known
 * length a {@code Concat}. Others stay as they are.
 */
final class Unroller {
  // A small file could ask for more nodes than there is memory.
  private static final int MOST_NODES = 10_000;
  private static final Set<String> KINDS =
      Set.of("Loop", "If", "SequenceEmpty", "SequenceConstruct", "SequenceInsert");

  private final String file;
  private final KnownScalars scalars;
  private final KnownSequences sequences = new KnownSequences();
  private final FreshNames fresh;
  private final List<NodeProto> nodes = new ArrayList<>();
  private int made;

  private Unroller(String file, GraphProto graph, TensorReader tensors) {
    this.file = file;
    scalars = new KnownScalars(tensors);
    graph.getInitializerList().forEach(weight -> scalars.store(weight.getName(), weight));
    fresh = new FreshNames(graph);
  }

  /**
   * @throws InvalidInputException if there would be too many nodes, or they form a cycle
   */
  static ModelProto unroll(String file, ModelProto model, TensorReader tensors) {
    GraphProto graph = model.getGraph();
    if (graph.getNodeList().stream().noneMatch(node -> isOf(node, KINDS))) {
      return model;
    }
    Unroller unroller = new Unroller(file, graph, tensors);
    NodeOrder.sort(file, graph.getNodeList()).forEach(unroller::add);
    Set<String> outputs = new HashSet<>();
    graph.getOutputList().forEach(output -> outputs.add(output.getName()));
    return model.toBuilder()
        .setGraph(
            graph.toBuilder()
                .clearNode()
                .addAllNode(unroller.sequences.withoutUnread(unroller.nodes, outputs)))
        .build();
  }

  static boolean isOf(NodeProto node, Set<String> kinds) {
    return kinds.contains(node.getOpType())
        && (node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx"));
  }

  private void add(NodeProto node) {
    boolean done =
        isOf(node, Set.of("Loop")) ? loop(node) : isOf(node, Set.of("If")) && branch(node);
    if (done) {
      return;
    }
    NodeProto written = sequences.follow(node, scalars);
    scalars.follow(written);
    nodes.add(written);
  }

  /** False if it does not count a stored number of rounds, or hands out a value of each round. */
  private boolean loop(NodeProto loop) {
    Optional<GraphProto> body = graph(loop, "body");
    Optional<Long> rounds =
        loop.getInputCount() < 2 ? Optional.empty() : scalars.of(loop.getInput(0));
    int carried = loop.getInputCount() - 2;
    if (body.isEmpty()
        || rounds.isEmpty()
        || !(loop.getInput(1).isEmpty() || scalars.isTrue(loop.getInput(1)))
        || body.get().getInputCount() != 2 + carried
        || body.get().getOutputCount() != 1 + carried
        || loop.getOutputCount() != carried
        || !goesOn(body.get())) {
      return false;
    }
    String always = constant(loop, KnownScalars.of(true));
    List<String> values = loop.getInputList().subList(2, 2 + carried);
    for (long round = 0; round < rounds.get(); round++) {
      List<String> inputs =
          new ArrayList<>(List.of(constant(loop, KnownScalars.of(round)), always));
      inputs.addAll(values);
      List<String> outputs = new ArrayList<>();
      for (ValueInfoProto output : body.get().getOutputList()) {
        outputs.add(fresh.name(loop.getName() + "/" + output.getName()));
      }
      call(body.get(), loop, inputs, outputs);
      values = outputs.subList(1, outputs.size());
    }
    for (int i = 0; i < carried; i++) {
      copy(loop, values.get(i), loop.getOutput(i));
    }
    return true;
  }

  /** Whether each round of a loop lets the next one begin: what it is told, or true. */
  private boolean goesOn(GraphProto body) {
    String condition = body.getOutput(0).getName();
    KnownScalars inside = scalars.copy();
    inside.store(body.getInput(1).getName(), KnownScalars.of(true));
    body.getInitializerList().forEach(weight -> inside.store(weight.getName(), weight));
    body.getNodeList().forEach(inside::follow);
    return inside.isTrue(condition);
  }

  private boolean branch(NodeProto node) {
    Optional<Long> condition =
        node.getInputCount() == 1 ? scalars.of(node.getInput(0)) : Optional.empty();
    Optional<GraphProto> taken =
        condition.flatMap(value -> graph(node, value != 0 ? "then_branch" : "else_branch"));
    if (taken.isEmpty() || taken.get().getOutputCount() != node.getOutputCount()) {
      return false;
    }
    call(taken.get(), node, List.of(), node.getOutputList());
    return true;
  }

  /**
   * Adds the nodes of a graph inside {@code node}: a function that is called with what it reads.
   */
  private void call(GraphProto graph, NodeProto node, List<String> inputs, List<String> outputs) {
    FunctionProto.Builder function = FunctionProto.newBuilder();
    NodeProto.Builder call = node.toBuilder().clearInput().clearOutput().clearAttribute();
    Set<String> own = new HashSet<>();
    graph.getInputList().forEach(input -> own.add(input.getName()));
    function.addAllInput(graph.getInputList().stream().map(ValueInfoProto::getName).toList());
    call.addAllInput(inputs);
    for (TensorProto weight : graph.getInitializerList()) {
      own.add(weight.getName());
      function.addNode(KnownScalars.constant(weight.getName(), weight));
    }
    Set<String> read = new HashSet<>();
    for (NodeProto inner : graph.getNodeList()) {
      own.addAll(inner.getOutputList());
      read.addAll(Subgraphs.reads(inner));
      function.addNode(inner);
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      read.add(output.getName());
      function.addOutput(output.getName());
    }
    call.addAllOutput(outputs);
    read.removeAll(own);
    read.stream()
        .sorted()
        .forEach(
            outer -> {
              function.addInput(outer);
              call.addInput(outer);
            });
    List<NodeProto> body = new FunctionCall(function.build(), call.build(), fresh).nodes();
    count(1 + body.size());
    body.forEach(this::add);
  }

  private void count(int more) {
    made += more;
    if (made > MOST_NODES) {
      throw new InvalidInputException(
          "%s: its loops come to more than %d nodes".formatted(file, MOST_NODES));
    }
  }

  private String constant(NodeProto node, TensorProto value) {
    String name = fresh.name(node.getName() + "/constant");
    add(KnownScalars.constant(name, value));
    return name;
  }

  private void copy(NodeProto node, String value, String to) {
    if (!to.isEmpty()) {
      add(
          NodeProto.newBuilder()
              .setName(fresh.name(node.getName() + "/Identity"))
              .setOpType("Identity")
              .addInput(value)
              .addOutput(to)
              .build());
    }
  }

  private static Optional<GraphProto> graph(NodeProto node, String attribute) {
    return node.getAttributeList().stream()
        .filter(candidate -> candidate.getName().equals(attribute) && candidate.hasG())
        .map(AttributeProto::getG)
        .findFirst();
  }
}
