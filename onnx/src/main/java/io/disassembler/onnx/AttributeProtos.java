package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.disassembler.graph.Attribute;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Opaque;

/** Attributes to messages and back. What has no kind of its own becomes {@link Attribute.Other}. */
final class AttributeProtos {
  private AttributeProtos() {}

  /**
   * @param label what messages call the attribute
   */
  static Attribute read(AttributeProto proto, TensorReader tensors, String label) {
    AttributeType type = proto.hasType() ? proto.getType() : typeOfValue(proto);
    return switch (type) {
      case INT -> new Attribute.Int(proto.getI());
      case FLOAT -> new Attribute.Real(proto.getF());
      case INTS -> new Attribute.Ints(proto.getIntsList());
      case FLOATS -> new Attribute.Reals(proto.getFloatsList());
      case STRING ->
          proto.getS().isValidUtf8()
              ? new Attribute.Text(proto.getS().toStringUtf8())
              : other(proto, "STRING that is not UTF-8");
      case STRINGS ->
          proto.getStringsList().stream().allMatch(ByteString::isValidUtf8)
              ? new Attribute.Texts(
                  proto.getStringsList().stream().map(ByteString::toStringUtf8).toList())
              : other(proto, "STRINGS that are not UTF-8");
      case TENSOR ->
          ElementType.ofCode(proto.getT().getDataType()).isPresent()
              ? new Attribute.Tensor(tensors.read(proto.getT(), label))
              : other(proto, "TENSOR of " + TensorReader.typeName(proto.getT().getDataType()));
      case UNDEFINED,
          GRAPH,
          GRAPHS,
          SPARSE_TENSOR,
          SPARSE_TENSORS,
          TENSORS,
          TYPE_PROTO,
          TYPE_PROTOS ->
          other(proto, type.name());
    };
  }

  /**
   * @param rest what the file said of the attribute beyond its value
   */
  static AttributeProto write(String name, Attribute attribute, AttributeProto rest) {
    AttributeProto.Builder proto = rest.toBuilder().setName(name);
    if (attribute instanceof Attribute.Int a) {
      proto.setType(AttributeType.INT).setI(a.value());
    } else if (attribute instanceof Attribute.Real a) {
      proto.setType(AttributeType.FLOAT).setF(a.value());
    } else if (attribute instanceof Attribute.Text a) {
      proto.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(a.value()));
    } else if (attribute instanceof Attribute.Ints a) {
      proto.setType(AttributeType.INTS).addAllInts(a.values());
    } else if (attribute instanceof Attribute.Reals a) {
      proto.setType(AttributeType.FLOATS).addAllFloats(a.values());
    } else if (attribute instanceof Attribute.Texts a) {
      proto.setType(AttributeType.STRINGS);
      a.values().forEach(text -> proto.addStrings(ByteString.copyFromUtf8(text)));
    } else if (attribute instanceof Attribute.Tensor a) {
      TensorProto.Builder head = TensorWriter.head(a.value(), rest.getT());
      proto.setType(AttributeType.TENSOR);
      proto.setT(head.setRawData(ByteString.copyFrom(a.value().data())));
    } else if (attribute instanceof Attribute.Other a) {
      return Leftovers.parse(AttributeProto.parser(), a.value()).toBuilder().setName(name).build();
    }
    return proto.build();
  }

  /** Early files leave the type out; then exactly the field that holds the value is set. */
  private static AttributeType typeOfValue(AttributeProto proto) {
    if (proto.hasF()) {
      return AttributeType.FLOAT;
    } else if (proto.hasI()) {
      return AttributeType.INT;
    } else if (proto.hasS()) {
      return AttributeType.STRING;
    } else if (proto.hasT()) {
      return AttributeType.TENSOR;
    } else if (proto.getFloatsCount() > 0) {
      return AttributeType.FLOATS;
    } else if (proto.getIntsCount() > 0) {
      return AttributeType.INTS;
    } else if (proto.getStringsCount() > 0) {
      return AttributeType.STRINGS;
    }
    return AttributeType.UNDEFINED;
  }

  private static Attribute other(AttributeProto proto, String kind) {
    return new Attribute.Other(kind, Opaque.of(proto.toByteArray()));
  }
}
