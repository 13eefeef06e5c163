package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.disassembler.boundary.FileForm;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import io.disassembler.graph.Opaque;
import io.disassembler.graph.Value;
import io.disassembler.graph.Weight;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a network, in the form of its file, into messages; the weights stay apart, see {@link
 * TensorWriter}.
 */
final class NetworkWriter {
  private static final long WEIGHTS_ARE_INPUTS_BEFORE_IR = 4;

  private final Network network;
  private final GraphProto rest;

  NetworkWriter(Network worked) {
    network = FileForm.of(worked);
    rest = Leftovers.parse(GraphProto.parser(), network.graphExtra());
  }

  /** The model without its graph. */
  ModelProto model() {
    ModelProto.Builder model =
        Leftovers.parse(ModelProto.parser(), network.modelExtra()).toBuilder()
            .setIrVersion(network.irVersion());
    network
        .opsets()
        .forEach(
            (domain, version) ->
                model.addOpsetImportBuilder().setDomain(domain).setVersion(version));
    network
        .metadata()
        .forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(utf8(value)));
    return model.build();
  }

  /** The graph without its weights. */
  GraphProto graph() {
    GraphProto.Builder graph = rest.toBuilder().clearInput().clearInitializer().clearValueInfo();
    if (rest.getName().isEmpty()) {
      graph.setName("graph");
    }
    Set<String> names = new HashSet<>();
    network.nodes().forEach(node -> graph.addNode(write(node, distinct(node.name(), names))));
    network.inputs().forEach(input -> graph.addInput(ValueProtos.write(input)));
    if (network.irVersion() < WEIGHTS_ARE_INPUTS_BEFORE_IR) {
      addWeightsAsInputs(graph);
    }
    network.outputs().forEach(output -> graph.addOutput(ValueProtos.write(output)));
    network.annotations().values().forEach(value -> graph.addValueInfo(ValueProtos.write(value)));
    rest.getValueInfoList().stream()
        .filter(value -> network.producer(value.getName()).isPresent())
        .forEach(graph::addValueInfo);
    return graph.build();
  }

  List<TensorWriter> weights() {
    Map<String, TensorProto> rests = new HashMap<>();
    rest.getInitializerList().forEach(stub -> rests.put(stub.getName(), stub));
    return network.weights().values().stream()
        .map(
            weight ->
                TensorWriter.inline(
                    weight, rests.getOrDefault(weight.name(), TensorProto.getDefaultInstance())))
        .toList();
  }

  private void addWeightsAsInputs(GraphProto.Builder graph) {
    Map<String, Opaque> rests = new HashMap<>();
    rest.getInputList().forEach(stub -> rests.put(stub.getName(), Leftovers.of(stub)));
    for (Weight weight : network.weights().values()) {
      List<Dimension> dimensions =
          Arrays.stream(weight.shape().dimensions())
              .<Dimension>mapToObj(Dimension.Fixed::new)
              .toList();
      Opaque extra = rests.getOrDefault(weight.name(), Opaque.NONE);
      graph.addInput(
          ValueProtos.write(
              new Value(weight.name(), weight.type(), Optional.of(dimensions), extra)));
    }
  }

  /** ONNX Runtime refuses networks two of whose nodes have the same name. */
  private static String distinct(String name, Set<String> taken) {
    String free = name;
    for (int number = 1; !name.isEmpty() && !taken.add(free); number++) {
      free = name + "_" + number;
    }
    return free;
  }

  private static NodeProto write(Node node, String name) {
    NodeProto rest = Leftovers.parse(NodeProto.parser(), node.extra());
    Map<String, AttributeProto> rests = new HashMap<>();
    rest.getAttributeList().forEach(stub -> rests.put(stub.getName(), stub));
    NodeProto.Builder proto =
        rest.toBuilder()
            .clearAttribute()
            .setOpType(node.operator())
            .addAllInput(node.inputs())
            .addAllOutput(node.outputs());
    if (!name.isEmpty()) {
      proto.setName(name);
    }
    if (!node.domain().isEmpty()) {
      proto.setDomain(node.domain());
    }
    for (Map.Entry<String, Attribute> attribute : node.attributes().entrySet()) {
      String key = attribute.getKey();
      proto.addAttribute(
          AttributeProtos.write(
              key,
              attribute.getValue(),
              rests.getOrDefault(key, AttributeProto.getDefaultInstance())));
    }
    return proto.build();
  }

  /** A text with '?' for halves of characters, which JSON and YAML can spell, UTF-8 cannot. */
  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
