package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.disassembler.graph.Opaque;
import java.util.HashSet;
import java.util.Set;

/**
 * What remains of a message once everything that a {@code Network} holds has been taken out:
 * documentation strings, annotations, unknown fields. A part that has no {@link Opaque} of its own
 * (attribute, weight) leaves a stub, its name and its remains, in the one around it.
 */
final class Leftovers {
  private Leftovers() {}

  static Opaque of(ModelProto model) {
    return opaque(
        model.toBuilder()
            .clearIrVersion()
            .clearOpsetImport()
            .clearGraph()
            .clearFunctions()
            .clearMetadataProps()
            .build());
  }

  /**
   * @param annotated names of the values whose annotations the network holds
   */
  static Opaque of(GraphProto graph, Set<String> annotated) {
    GraphProto.Builder rest =
        graph.toBuilder()
            .clearNode()
            .clearInput()
            .clearOutput()
            .clearInitializer()
            .clearSparseInitializer()
            .clearValueInfo();
    Set<String> weights = new HashSet<>();
    for (TensorProto weight : graph.getInitializerList()) {
      weights.add(weight.getName());
      TensorProto stub = of(weight);
      if (!isEmpty(stub)) {
        rest.addInitializer(stub.toBuilder().setName(weight.getName()));
      }
    }
    for (ValueInfoProto input : graph.getInputList()) {
      ValueInfoProto stub = withoutDeclaration(input);
      if (weights.contains(input.getName()) && !isEmpty(stub)) {
        rest.addInput(stub.toBuilder().setName(input.getName()));
      }
    }
    for (ValueInfoProto value : graph.getValueInfoList()) {
      if (!annotated.contains(value.getName())) {
        rest.addValueInfo(value);
      }
    }
    return opaque(rest.build());
  }

  static Opaque of(NodeProto node) {
    NodeProto.Builder rest =
        node.toBuilder()
            .clearName()
            .clearOpType()
            .clearDomain()
            .clearInput()
            .clearOutput()
            .clearAttribute();
    for (AttributeProto attribute : node.getAttributeList()) {
      AttributeProto stub = of(attribute);
      if (!isEmpty(stub)) {
        rest.addAttribute(stub.toBuilder().setName(attribute.getName()));
      }
    }
    return opaque(rest.build());
  }

  static Opaque of(ValueInfoProto tensor) {
    return opaque(withoutDeclaration(tensor));
  }

  private static ValueInfoProto withoutDeclaration(ValueInfoProto value) {
    ValueInfoProto.Builder rest = value.toBuilder().clearName();
    TypeProto.Tensor.Builder tensor = rest.getTypeBuilder().getTensorTypeBuilder().clearElemType();
    boolean shapeHasMore = false;
    for (TensorShapeProto.Dimension.Builder dim : tensor.getShapeBuilder().getDimBuilderList()) {
      shapeHasMore |= !isEmpty(dim.clearValue().build());
    }
    if (!shapeHasMore) {
      tensor.getShapeBuilder().clearDim();
    }
    if (isEmpty(tensor.getShape())) {
      tensor.clearShape();
    }
    if (isEmpty(tensor.build())) {
      rest.getTypeBuilder().clearTensorType();
    }
    if (isEmpty(rest.getType())) {
      rest.clearType();
    }
    return rest.build();
  }

  /** A message that {@link Opaque} content was made from. */
  static <M extends Message> M parse(Parser<M> parser, Opaque opaque) {
    try {
      return parser.parseFrom(opaque.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("this content did not come from an ONNX file", e);
    }
  }

  private static AttributeProto of(AttributeProto attribute) {
    AttributeProto.Builder rest =
        attribute.toBuilder()
            .clearName()
            .clearType()
            .clearF()
            .clearI()
            .clearS()
            .clearT()
            .clearG()
            .clearSparseTensor()
            .clearTp()
            .clearFloats()
            .clearInts()
            .clearStrings()
            .clearTensors()
            .clearGraphs()
            .clearSparseTensors()
            .clearTypeProtos();
    TensorProto tensor = of(attribute.getT());
    if (!isEmpty(tensor)) {
      rest.setT(tensor);
    }
    return rest.build();
  }

  private static TensorProto of(TensorProto tensor) {
    return tensor.toBuilder()
        .clearName()
        .clearDims()
        .clearDataType()
        .clearSegment()
        .clearFloatData()
        .clearInt32Data()
        .clearStringData()
        .clearInt64Data()
        .clearRawData()
        .clearExternalData()
        .clearDataLocation()
        .clearDoubleData()
        .clearUint64Data()
        .build();
  }

  private static boolean isEmpty(Message message) {
    return message.getSerializedSize() == 0;
  }

  private static Opaque opaque(Message message) {
    return Opaque.of(message.toByteArray());
  }
}
