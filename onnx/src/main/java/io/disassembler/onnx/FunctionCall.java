package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function's body at one call: the call's values in place of the parameters, the call's
 * attributes in place of references to them, new names for the values in between.
 */
final class FunctionCall {
  private final FunctionProto function;
  private final FreshNames fresh;
  private final String prefix;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, AttributeProto> attributes = new HashMap<>();
  private final List<NodeProto> passedThrough = new ArrayList<>();

  FunctionCall(FunctionProto function, NodeProto call, FreshNames fresh) {
    this.function = function;
    this.fresh = fresh;
    prefix = (call.getName().isEmpty() ? call.getOpType() : call.getName()) + "/";
    names.put("", "");
    for (int i = 0; i < function.getInputCount(); i++) {
      names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
    }
    for (int i = 0; i < function.getOutputCount(); i++) {
      String actual = i < call.getOutputCount() ? call.getOutput(i) : "";
      if (!actual.isEmpty()) {
        bindOutput(function.getOutput(i), actual);
      }
    }
    function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
    call.getAttributeList().forEach(a -> attributes.put(a.getName(), a));
  }

  List<NodeProto> nodes() {
    List<NodeProto> nodes = new ArrayList<>();
    function.getNodeList().forEach(node -> nodes.add(instantiate(node)));
    nodes.addAll(passedThrough);
    return nodes;
  }

  /** An output that is a parameter, or was handed out before, already has a value: copy that. */
  private void bindOutput(String formal, String actual) {
    String source = names.putIfAbsent(formal, actual);
    if (source != null && !source.isEmpty()) {
      passedThrough.add(
          NodeProto.newBuilder()
              .setName(fresh.name(prefix + "Identity"))
              .setOpType("Identity")
              .addInput(source)
              .addOutput(actual)
              .build());
    }
  }

  private NodeProto instantiate(NodeProto node) {
    String name = node.getName().isEmpty() ? node.getOpType() : node.getName();
    NodeProto.Builder copy =
        node.toBuilder()
            .setName(fresh.name(prefix + name))
            .clearInput()
            .clearOutput()
            .clearAttribute();
    node.getInputList().forEach(input -> copy.addInput(rename(input)));
    node.getOutputList().forEach(output -> copy.addOutput(rename(output)));
    node.getAttributeList().forEach(a -> instantiate(a).ifPresent(copy::addAttribute));
    return copy.build();
  }

  /** Empty if {@code attribute} refers to one that the call omits and that has no default. */
  private Optional<AttributeProto> instantiate(AttributeProto attribute) {
    if (!attribute.getRefAttrName().isEmpty()) {
      return Optional.ofNullable(attributes.get(attribute.getRefAttrName()))
          .map(actual -> actual.toBuilder().setName(attribute.getName()).build());
    }
    AttributeProto.Builder copy = attribute.toBuilder();
    if (attribute.hasG()) {
      copy.setG(instantiate(attribute.getG()));
    }
    for (int i = 0; i < attribute.getGraphsCount(); i++) {
      copy.setGraphs(i, instantiate(attribute.getGraphs(i)));
    }
    return Optional.of(copy.build());
  }

  private GraphProto instantiate(GraphProto graph) {
    GraphProto.Builder copy = graph.toBuilder().clearNode();
    copy.getInputBuilderList().forEach(this::rename);
    copy.getOutputBuilderList().forEach(this::rename);
    copy.getValueInfoBuilderList().forEach(this::rename);
    for (TensorProto.Builder weight : copy.getInitializerBuilderList()) {
      weight.setName(rename(weight.getName()));
    }
    for (SparseTensorProto.Builder weight : copy.getSparseInitializerBuilderList()) {
      weight.getValuesBuilder().setName(rename(weight.getValues().getName()));
    }
    graph.getNodeList().forEach(node -> copy.addNode(instantiate(node)));
    return copy.build();
  }

  private void rename(ValueInfoProto.Builder value) {
    value.setName(rename(value.getName()));
  }

  private String rename(String value) {
    return names.computeIfAbsent(value, key -> fresh.name(prefix + key));
  }
}
