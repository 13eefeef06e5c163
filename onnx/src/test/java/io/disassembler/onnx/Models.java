package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.disassembler.graph.Network;
import java.util.List;

/** Small models as messages, for tests to change before they are read. */
final class Models {
  private Models() {}

  /** IR 8, opset 17, graph input {@code x} and output {@code y}, float [2, 3] both. */
  static ModelProto of(NodeProto... nodes) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(opset("", 17))
        .setGraph(
            GraphProto.newBuilder()
                .setName("g")
                .addInput(value("x", 2, 3))
                .addOutput(value("y", 2, 3))
                .addAllNode(List.of(nodes)))
        .build();
  }

  /** {@code y = x + w} with {@code weight} under the name {@code w}. */
  static ModelProto adding(TensorProto weight) {
    ModelProto.Builder model = of(node("Add", "x w", "y")).toBuilder();
    model.getGraphBuilder().addInitializer(weight.toBuilder().setName("w"));
    return model.build();
  }

  /** Inputs and outputs are separated by blanks; {@code _} is an omitted one. */
  static NodeProto node(String operator, String inputs, String outputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator);
    for (String input : inputs.split(" ", -1)) {
      node.addInput(input.equals("_") ? "" : input);
    }
    for (String output : outputs.split(" ", -1)) {
      node.addOutput(output.equals("_") ? "" : output);
    }
    return node.build();
  }

  static ValueInfoProto value(String name, long... dims) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE);
    tensor.getShapeBuilder();
    for (long dim : dims) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(dim);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  static TensorProto floats(List<Long> dims, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(DataType.FLOAT_VALUE).addAllDims(dims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  static OperatorSetIdProto opset(String domain, long version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  static Network read(ModelProto model) {
    return OnnxReader.read(model.toByteArray(), "test.onnx");
  }
}
