package io.disassembler.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.Network;
import io.disassembler.graph.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @Test
  void unknownFieldsAndNotesOfEveryLevelSurvive(@TempDir Path folder) throws IOException {
    ModelProto model = everythingUnknown();

    Network network = Models.read(model);

    assertThat(rewritten(network, folder)).isEqualTo(model);
    assertThat(network.inputs())
        .singleElement()
        .satisfies(i -> assertThat(i.name()).isEqualTo("x"));
    assertThat(network.metadata()).containsEntry("model key", "model value");
  }

  @Test
  void whatIsSaidOfANodeThatIsGoneGoesWithIt(@TempDir Path folder) throws IOException {
    Network network = Models.read(everythingUnknown());
    Node relu = Node.of("r", "Relu", List.of("x"), List.of("y"), Map.of());

    ModelProto model = rewritten(network.toBuilder().nodes(List.of(relu)).build(), folder);

    assertThat(model.getGraph().getNode(0).getUnknownFields().asMap()).isEmpty();
    assertThat(model.getGraph().getValueInfoList())
        .as("the sequence was made by the node that is gone")
        .noneMatch(value -> value.getType().hasSequenceType());
  }

  @Test
  void attributesWithoutKindOfTheirOwnSurvive(@TempDir Path folder) throws IOException {
    TensorProto strings =
        TensorProto.newBuilder()
            .setDataType(DataType.STRING_VALUE)
            .addDims(1)
            .addStringData(ByteString.copyFromUtf8("text"))
            .build();
    NodeProto node =
        Models.node("Relu", "x", "y").toBuilder()
            .addAttribute(
                attribute("graph", AttributeType.GRAPH)
                    .setG(GraphProto.newBuilder().setName("inner")))
            .addAttribute(attribute("strings", AttributeType.TENSOR).setT(strings))
            .addAttribute(
                attribute("type", AttributeType.TYPE_PROTO)
                    .setTp(TypeProto.newBuilder().setDenotation("d")))
            .addAttribute(
                attribute("bytes", AttributeType.STRING)
                    .setS(ByteString.copyFrom(new byte[] {-1, -2})))
            .build();
    ModelProto model = Models.of(node);

    Network network = Models.read(model);

    assertThat(network.nodes().get(0).attributes().values())
        .extracting(a -> ((Attribute.Other) a).kind())
        .containsExactly("GRAPH", "TENSOR of STRING", "TYPE_PROTO", "STRING that is not UTF-8");
    assertThat(rewritten(network, folder)).isEqualTo(model);
  }

  @Test
  void attributesOfEarlyFilesNeedNoType() {
    NodeProto node =
        Models.node("Relu", "x", "y").toBuilder()
            .addAttribute(AttributeProto.newBuilder().setName("i").setI(7))
            .addAttribute(AttributeProto.newBuilder().setName("f").setF(0.5f))
            .addAttribute(AttributeProto.newBuilder().setName("is").addInts(1).addInts(2))
            .addAttribute(
                AttributeProto.newBuilder().setName("s").setS(ByteString.copyFromUtf8("t")))
            .build();

    assertThat(Models.read(Models.of(node)).nodes().get(0).attributes())
        .containsEntry("i", new Attribute.Int(7))
        .containsEntry("f", new Attribute.Real(0.5f))
        .containsEntry("is", Attribute.Ints.of(1, 2))
        .containsEntry("s", new Attribute.Text("t"));
  }

  private static ModelProto rewritten(Network network, Path folder) throws IOException {
    Path file = folder.resolve("rewritten.onnx");
    OnnxWriter.write(network, file);
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  /** IR 3, so that the weight is a graph input too. */
  private static ModelProto everythingUnknown() {
    TensorProto weight =
        TensorProto.newBuilder()
            .setName("w")
            .addDims(1)
            .setDataType(DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(new byte[4]))
            .setDocString("weight")
            .addMetadataProps(entry("weight key", "weight value"))
            .setUnknownFields(unknown(1))
            .build();
    AttributeProto attribute =
        attribute("note", AttributeType.TENSOR)
            .setT(weight.toBuilder().setUnknownFields(unknown(2)))
            .setDocString("attribute")
            .setUnknownFields(unknown(3))
            .build();
    NodeProto node =
        Models.node("Add", "x w", "y").toBuilder()
            .addOutput("sequence")
            .setName("add")
            .setDomain("custom")
            .setOverload("overload")
            .setDocString("node")
            .addMetadataProps(entry("node key", "node value"))
            .addAttribute(attribute)
            .setUnknownFields(unknown(4))
            .build();
    ValueInfoProto sequence =
        ValueInfoProto.newBuilder()
            .setName("sequence")
            .setType(TypeProto.newBuilder().setSequenceType(TypeProto.Sequence.newBuilder()))
            .build();
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("graph name")
            .setDocString("graph")
            .addNode(node)
            .addInput(annotated("x", 10))
            .addInput(annotated("w", 20))
            .addOutput(annotated("y", 30))
            .addValueInfo(annotated("between", 40))
            .addValueInfo(sequence)
            .addInitializer(weight)
            .addMetadataProps(entry("graph key", "graph value"))
            .setUnknownFields(unknown(5));
    graph.addQuantizationAnnotationBuilder().setTensorName("w").setUnknownFields(unknown(6));
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(3)
            .setProducerName("producer")
            .setProducerVersion("1")
            .setDomain("domain")
            .setModelVersion(5)
            .setDocString("model")
            .addOpsetImport(Models.opset("", 9))
            .addOpsetImport(Models.opset("custom", 1))
            .addMetadataProps(entry("model key", "model value"))
            .setGraph(graph)
            .setUnknownFields(unknown(7));
    model.addTrainingInfoBuilder().setUnknownFields(unknown(8));
    return model.build();
  }

  private static ValueInfoProto annotated(String name, int number) {
    ValueInfoProto.Builder value = Models.value(name, 1).toBuilder().setDocString(name + " doc");
    value.addMetadataProps(entry("value key", "value")).setUnknownFields(unknown(number));
    value.getTypeBuilder().setDenotation("TENSOR").setUnknownFields(unknown(number + 1));
    TypeProto.Tensor.Builder tensor = value.getTypeBuilder().getTensorTypeBuilder();
    tensor.setUnknownFields(unknown(number + 2));
    tensor.getShapeBuilder().setUnknownFields(unknown(number + 3));
    tensor.getShapeBuilder().getDimBuilder(0).setDenotation("DATA_BATCH");
    tensor.getShapeBuilder().getDimBuilder(0).setUnknownFields(unknown(number + 4));
    return value.build();
  }

  private static AttributeProto.Builder attribute(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static UnknownFieldSet unknown(int number) {
    return UnknownFieldSet.newBuilder()
        .addField(9000, UnknownFieldSet.Field.newBuilder().addVarint(number).build())
        .build();
  }
}
