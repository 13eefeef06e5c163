package io.disassembler.fuzz;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * A network with a loop, a branch and a sequence in the loop, as PyTorch's exporter makes of a
 * strided view: the channels of a convolution, picked by places that two rounds add up.
 */
final class StridedNetwork {
  private static final int CHANNELS = 6;

  private StridedNetwork() {}

  static ModelProto make() {
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(9);
    model.addOpsetImportBuilder().setVersion(18);
    model
        .getGraphBuilder()
        .setName("strided")
        .addInput(value("image", DataType.FLOAT_VALUE, 1, 3, SmallNetwork.SIZE, SmallNetwork.SIZE))
        .addOutput(value("scores", DataType.FLOAT_VALUE, 1, CHANNELS, 1, 1))
        .addInitializer(weights())
        .addInitializer(whole("zero", List.of(), 0))
        .addInitializer(whole("one", List.of(), 1))
        .addInitializer(whole("rounds", List.of(), 2))
        .addInitializer(whole("extents", List.of(2L), CHANNELS / 2, 2))
        .addInitializer(whole("steps", List.of(2L), 1, CHANNELS / 2))
        .addInitializer(whole("row", List.of(1L), -1))
        .addInitializer(whole("single", List.of(1L), 1))
        .addInitializer(whole("maps", List.of(4L), 1, CHANNELS, 1, 1))
        .addNode(node("Conv", "image w", "x"))
        .addNode(node("GlobalAveragePool", "x", "mean"))
        .addNode(node("Reshape", "mean row", "flat"))
        .addNode(node("SequenceEmpty", "", "none"))
        .addNode(node("SequenceInsert", "none row", "rows"))
        .addNode(node("Loop", "rounds  rows zero", "all places", graph("body", body())))
        .addNode(node("Reshape", "places row", "picked"))
        .addNode(node("Gather", "flat picked", "view"))
        .addNode(node("Reshape", "view maps", "scores"));
    return model.build();
  }

  /** Places so far + (0, 1, ...) * step, which are rows from the second round on. */
  private static GraphProto body() {
    GraphProto first =
        GraphProto.newBuilder()
            .setName("first")
            .addNode(node("Identity", "added", "kept"))
            .addOutput(value("kept", DataType.INT64_VALUE))
            .build();
    GraphProto later =
        GraphProto.newBuilder()
            .setName("later")
            .addNode(node("ConcatFromSequence", "list", "shape", whole("axis", 0)))
            .addNode(node("Reshape", "added shape", "shaped"))
            .addOutput(value("shaped", DataType.INT64_VALUE))
            .build();
    return GraphProto.newBuilder()
        .setName("body")
        .addInput(value("i", DataType.INT64_VALUE))
        .addInput(value("go", DataType.BOOL_VALUE))
        .addInput(value("list", DataType.INT64_VALUE))
        .addInput(value("so.far", DataType.INT64_VALUE))
        .addNode(node("Gather", "extents i", "extent"))
        .addNode(node("Gather", "steps i", "step"))
        .addNode(node("Range", "zero extent one", "numbers"))
        .addNode(node("Mul", "numbers step", "added"))
        .addNode(node("Equal", "i zero", "begins"))
        .addNode(
            node("If", "begins", "more", graph("then_branch", first), graph("else_branch", later)))
        .addNode(node("Add", "so.far more", "sum"))
        .addNode(node("SequenceInsert", "list single", "longer"))
        .addNode(node("Identity", "go", "on"))
        .addOutput(value("on", DataType.BOOL_VALUE))
        .addOutput(value("longer", DataType.INT64_VALUE))
        .addOutput(value("sum", DataType.INT64_VALUE))
        .build();
  }

  private static NodeProto node(
      String operator, String inputs, String output, AttributeProto... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder().setName(output + ".n").setOpType(operator);
    if (!inputs.isEmpty()) {
      node.addAllInput(List.of(inputs.split(" ", -1)));
    }
    return node.addAllOutput(List.of(output.split(" ")))
        .addAllAttribute(List.of(attributes))
        .build();
  }

  private static ValueInfoProto value(String name, int type, long... extents) {
    ValueInfoProto.Builder value = ValueInfoProto.newBuilder().setName(name);
    var tensor = value.getTypeBuilder().getTensorTypeBuilder().setElemType(type);
    for (long extent : extents) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(extent);
    }
    return value.build();
  }

  private static AttributeProto graph(String name, GraphProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.GRAPH)
        .setG(value)
        .build();
  }

  private static AttributeProto whole(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private static TensorProto whole(String name, List<Long> extents, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.INT64_VALUE)
            .addAllDims(extents);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static TensorProto weights() {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(DataType.FLOAT_VALUE)
            .addAllDims(List.of((long) CHANNELS, 3L, 3L, 3L));
    for (int i = 0; i < CHANNELS * 27; i++) {
      tensor.addFloatData((i * 7 % 11 - 5) / 5f);
    }
    return tensor.build();
  }
}
