package io.disassembler.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.disassembler.base.InvalidInputException;
import io.disassembler.graph.Dimension;
import io.disassembler.graph.ElementType;
import io.disassembler.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Declared values to messages and back. */
final class ValueProtos {
  private ValueProtos() {}

  /**
   * The graph input or output that {@code proto} declares.
   *
   * @param role which of the two it is, for messages
   */
  static Value read(ValueInfoProto proto, String file, String role) {
    return read(proto)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: %s '%s' is %s, which is not supported"
                        .formatted(file, role, proto.getName(), describe(proto.getType()))));
  }

  /** The value that {@code proto} declares; empty if that is no tensor of a supported type. */
  static Optional<Value> read(ValueInfoProto proto) {
    TypeProto.Tensor tensor = proto.getType().getTensorType();
    return ElementType.ofCode(tensor.getElemType())
        .map(type -> new Value(proto.getName(), type, dimensions(tensor), Leftovers.of(proto)));
  }

  static ValueInfoProto write(Value value) {
    ValueInfoProto.Builder proto =
        Leftovers.parse(ValueInfoProto.parser(), value.extra()).toBuilder().setName(value.name());
    TypeProto.Tensor.Builder tensor =
        proto.getTypeBuilder().getTensorTypeBuilder().setElemType(value.type().code());
    List<Dimension> dimensions = value.dimensions().orElse(null);
    if (dimensions == null) {
      return proto.build();
    }
    TensorShapeProto.Builder shape = tensor.getShapeBuilder();
    if (shape.getDimCount() != dimensions.size()) {
      shape.clearDim();
      dimensions.forEach(dimension -> shape.addDimBuilder());
    }
    for (int axis = 0; axis < dimensions.size(); axis++) {
      TensorShapeProto.Dimension.Builder dim = shape.getDimBuilder(axis);
      if (dimensions.get(axis) instanceof Dimension.Fixed fixed) {
        dim.setDimValue(fixed.size());
      } else if (dimensions.get(axis) instanceof Dimension.Symbolic symbol
          && !symbol.name().isEmpty()) {
        dim.setDimParam(symbol.name());
      }
    }
    return proto.build();
  }

  private static Optional<List<Dimension>> dimensions(TypeProto.Tensor tensor) {
    if (!tensor.hasShape()) {
      return Optional.empty();
    }
    List<Dimension> dimensions = new ArrayList<>();
    for (TensorShapeProto.Dimension dim : tensor.getShape().getDimList()) {
      // Some exporters write -1 for an extent that they do not know.
      boolean fixed = dim.hasDimValue() && dim.getDimValue() >= 0;
      dimensions.add(
          fixed
              ? new Dimension.Fixed(dim.getDimValue())
              : new Dimension.Symbolic(dim.getDimParam()));
    }
    return Optional.of(dimensions);
  }

  private static String describe(TypeProto type) {
    return switch (type.getValueCase()) {
      case TENSOR_TYPE ->
          "a tensor of element type " + TensorReader.typeName(type.getTensorType().getElemType());
      case VALUE_NOT_SET -> "of no stated type";
      case SEQUENCE_TYPE, MAP_TYPE, OPTIONAL_TYPE, SPARSE_TENSOR_TYPE, OPAQUE_TYPE ->
          "of type "
              + type.getValueCase().name().replace("_TYPE", "").toLowerCase(Locale.ROOT)
              + ", not a tensor";
    };
  }
}
