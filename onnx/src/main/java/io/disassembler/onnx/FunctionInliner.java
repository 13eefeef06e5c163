package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.disassembler.base.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Replaces the calls of a model's own functions by the functions' bodies. */
final class FunctionInliner {
  // Nested calls multiply; a small file could ask for more nodes than there is memory.
  private static final int MOST_NODES = 100_000;
  private static final int DEEPEST_CALL = 100;

  private record Id(String domain, String name, String overload) {
    @Override
    public String toString() {
      return (domain.isEmpty() ? "" : domain + ".")
          + name
          + (overload.isEmpty() ? "" : ":" + overload);
    }
  }

  private final String file;
  private final Map<Id, FunctionProto> functions = new HashMap<>();
  private final Map<String, Long> opsets;
  private final Map<String, Long> added = new TreeMap<>();
  private final FreshNames fresh;
  private int made;

  private FunctionInliner(String file, ModelProto model) {
    this.file = file;
    for (FunctionProto f : model.getFunctionsList()) {
      Id id = new Id(domain(f.getDomain()), f.getName(), f.getOverload());
      if (functions.put(id, f) != null) {
        throw new InvalidInputException("%s: function %s is defined twice".formatted(file, id));
      }
    }
    opsets = versions(model.getOpsetImportList());
    fresh = new FreshNames(model.getGraph());
  }

  /**
   * {@code model} without functions.
   *
   * @throws InvalidInputException if a function calls itself, or was written for another version of
   *     an operator set than the model's
   */
  static ModelProto inline(String file, ModelProto model) {
    return model.getFunctionsCount() == 0 ? model : new FunctionInliner(file, model).inline(model);
  }

  private ModelProto inline(ModelProto model) {
    GraphProto graph = expand(model.getGraph(), Set.of());
    ModelProto.Builder inlined =
        model.toBuilder().clearFunctions().clearOpsetImport().setGraph(graph);
    Set<String> used =
        Subgraphs.allNodes(graph.getNodeList())
            .map(node -> domain(node.getDomain()))
            .collect(Collectors.toCollection(HashSet::new));
    Set<String> ofFunctions =
        functions.keySet().stream().map(Id::domain).collect(Collectors.toSet());
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      String domain = domain(opset.getDomain());
      if (used.contains(domain) || !ofFunctions.contains(domain)) {
        inlined.addOpsetImport(opset);
      }
    }
    added.forEach(
        (domain, version) -> inlined.addOpsetImportBuilder().setDomain(domain).setVersion(version));
    return inlined.build();
  }

  private GraphProto expand(GraphProto graph, Set<Id> callers) {
    GraphProto.Builder expanded = graph.toBuilder().clearNode();
    graph.getNodeList().forEach(node -> expanded.addAllNode(expand(node, callers)));
    return expanded.build();
  }

  private List<NodeProto> expand(NodeProto node, Set<Id> callers) {
    Id id = id(node);
    FunctionProto function = functions.get(id);
    if (function == null) {
      return List.of(expandSubgraphs(node, callers));
    }
    Set<Id> path = new LinkedHashSet<>(callers);
    if (!path.add(id) || path.size() > DEEPEST_CALL) {
      String chain =
          callers.stream().limit(5).map(Id::toString).collect(Collectors.joining(" -> "));
      throw new InvalidInputException(
          "%s: function %s calls itself, or nests deeper than %d calls: %s -> %s"
              .formatted(file, id, DEEPEST_CALL, chain, id));
    }
    List<NodeProto> body = new FunctionCall(function, node, fresh).nodes();
    made += body.size();
    if (made > MOST_NODES) {
      throw new InvalidInputException(
          "%s: its functions expand to more than %d nodes".formatted(file, MOST_NODES));
    }
    requireVersions(function, id, body);
    List<NodeProto> expanded = new ArrayList<>();
    body.forEach(inner -> expanded.addAll(expand(inner, path)));
    return expanded;
  }

  private NodeProto expandSubgraphs(NodeProto node, Set<Id> callers) {
    if (Subgraphs.of(node).findAny().isEmpty()) {
      return node;
    }
    NodeProto.Builder expanded = node.toBuilder();
    for (AttributeProto.Builder attribute : expanded.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        attribute.setG(expand(attribute.getG(), callers));
      }
      for (int i = 0; i < attribute.getGraphsCount(); i++) {
        attribute.setGraphs(i, expand(attribute.getGraphs(i), callers));
      }
    }
    return expanded.build();
  }

  /** A file has one version per operator set, so a function may not need another. */
  private void requireVersions(FunctionProto function, Id id, List<NodeProto> body) {
    Map<String, Long> own = versions(function.getOpsetImportList());
    Set<String> used =
        Subgraphs.allNodes(body)
            .filter(node -> !functions.containsKey(id(node)))
            .map(node -> domain(node.getDomain()))
            .collect(Collectors.toCollection(TreeSet::new));
    used.retainAll(own.keySet());
    for (String domain : used) {
      Long needed = own.get(domain);
      Long present = opsets.putIfAbsent(domain, needed);
      if (present == null) {
        added.put(domain, needed);
      } else if (!present.equals(needed)) {
        String name = domain.isEmpty() ? "ai.onnx" : domain;
        throw new InvalidInputException(
            "%s: function %s uses opset %d of %s, the model opset %d; convert it to one opset or"
                    .formatted(file, id, needed, name, present)
                + " export it without functions");
      }
    }
  }

  private static Id id(NodeProto node) {
    return new Id(domain(node.getDomain()), node.getOpType(), node.getOverload());
  }

  private static Map<String, Long> versions(List<OperatorSetIdProto> imports) {
    Map<String, Long> versions = new HashMap<>();
    imports.forEach(opset -> versions.put(domain(opset.getDomain()), opset.getVersion()));
    return versions;
  }

  private static String domain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }
}
