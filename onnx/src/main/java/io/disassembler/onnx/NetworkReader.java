package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Weight;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Turns the messages of a model without functions into a network. */
final class NetworkReader {
  private final String file;
  private final TensorReader tensors;

  NetworkReader(String file, TensorReader tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  Network read(ModelProto model) {
    GraphProto graph = model.getGraph();
    Network.Builder network = new Network.Builder(file).irVersion(model.getIrVersion());
    model.getOpsetImportList().forEach(o -> network.opset(o.getDomain(), o.getVersion()));
    model.getMetadataPropsList().forEach(p -> network.metadata(p.getKey(), p.getValue()));
    Set<String> weights = readWeights(graph, network);
    for (ValueInfoProto input : graph.getInputList()) {
      if (!weights.contains(input.getName())) {
        network.input(ValueProtos.read(input, file, "graph input"));
      }
    }
    if (graph.getOutputCount() == 0) {
      throw new InvalidInputException(
          file + ": the network has no output; expected one at least, with scores");
    }
    for (ValueInfoProto output : graph.getOutputList()) {
      network.output(ValueProtos.read(output, file, "graph output"));
    }
    Set<String> annotated = new HashSet<>();
    for (ValueInfoProto value : graph.getValueInfoList()) {
      ValueProtos.read(value)
          .ifPresent(
              annotation -> {
                annotated.add(annotation.name());
                network.annotation(annotation);
              });
    }
    for (NodeProto node : NodeOrder.sort(file, graph.getNodeList())) {
      network.node(read(node));
    }
    return network.extras(Leftovers.of(model), Leftovers.of(graph, annotated)).build();
  }

  private Set<String> readWeights(GraphProto graph, Network.Builder network) {
    Set<String> names = new HashSet<>();
    for (TensorProto weight : graph.getInitializerList()) {
      add(tensors.read(weight, "weight '" + weight.getName() + "'"), names, network);
    }
    for (SparseTensorProto weight : graph.getSparseInitializerList()) {
      String label = "sparse weight '" + weight.getValues().getName() + "'";
      add(tensors.read(weight, label), names, network);
    }
    return names;
  }

  private void add(Weight weight, Set<String> names, Network.Builder network) {
    if (weight.name().isEmpty() || !names.add(weight.name())) {
      throw new InvalidInputException(
          weight.name().isEmpty()
              ? "%s: a weight of shape %s has no name".formatted(file, weight.shape())
              : "%s: weight '%s' is stored twice".formatted(file, weight.name()));
    }
    network.weight(weight);
  }

  private Node read(NodeProto node) {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      String label =
          "attribute '%s' of node '%s' (%s)"
              .formatted(attribute.getName(), node.getName(), node.getOpType());
      if (attributes.containsKey(attribute.getName())) {
        throw new InvalidInputException("%s: %s is stated twice".formatted(file, label));
      }
      attributes.put(attribute.getName(), AttributeProtos.read(attribute, tensors, label));
    }
    return new Node(
        node.getName(),
        node.getOpType(),
        node.getDomain(),
        node.getInputList(),
        node.getOutputList(),
        attributes,
        Leftovers.of(node));
  }
}
